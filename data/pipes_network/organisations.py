"""Critical customers and other organisations of the town; all invented."""

from __future__ import annotations

from dataclasses import dataclass

from domain.words import PremisesKind


@dataclass(frozen=True)
class Organisation:
    """Who takes water at a premises; ``aliases`` are what callers say."""

    name: str
    kind: PremisesKind
    critical: bool = True
    aliases: tuple[str, ...] = ()


_HOSPITAL, _SCHOOL, _HOTEL = PremisesKind.HOSPITAL, PremisesKind.SCHOOL, PremisesKind.HOTEL
_FIRE, _FACTORY, _OTHER = PremisesKind.FIRE_STATION, PremisesKind.FACTORY, PremisesKind.OTHER

#: (organisation, number of premises from which on the town has it).
ORGANISATIONS: tuple[tuple[Organisation, int], ...] = (
    (Organisation("江澜市第一人民医院", _HOSPITAL, aliases=("市一医院", "第一人民医院")), 100),
    (Organisation("江澜消防救援站", _FIRE, aliases=("江澜消防站", "江澜消防队")), 100),
    (Organisation("江澜市第一中学", _SCHOOL, aliases=("市一中", "第一中学")), 100),
    (Organisation("城中农贸市场", _OTHER, critical=False, aliases=("城中菜市场",)), 200),
    (Organisation("江澜血液透析中心", _HOSPITAL, aliases=("透析中心",)), 300),
    (Organisation("江澜大酒店", _HOTEL), 300),
    (Organisation("江澜市实验小学", _SCHOOL, aliases=("实验小学",)), 400),
    (Organisation("江澜火车站", _OTHER, critical=False, aliases=("火车站",)), 500),
    (Organisation("江澜汽车客运站", _OTHER, critical=False, aliases=("客运站", "长途车站")), 800),
    (Organisation("江澜市中医院", _HOSPITAL, aliases=("市中医院", "中医院")), 1_000),
    (Organisation("澄澜啤酒厂", _FACTORY, aliases=("啤酒厂",)), 1_000),
    (Organisation("江澜市第二中学", _SCHOOL, aliases=("市二中", "第二中学")), 1_500),
    (Organisation("老城农贸市场", _OTHER, critical=False, aliases=("老城菜市场",)), 1_500),
    (Organisation("江澜市妇幼保健院", _HOSPITAL, aliases=("妇幼保健院",)), 2_000),
    (Organisation("滨江宾馆", _HOTEL), 2_000),
    (Organisation("江南消防救援站", _FIRE, aliases=("江南消防站",)), 2_000),
    (Organisation("江澜第二棉纺厂", _FACTORY, aliases=("二棉厂",)), 2_500),
    (Organisation("江澜市育才小学", _SCHOOL, aliases=("育才小学",)), 2_500),
    (Organisation("江澜师范学院", _SCHOOL, aliases=("师范学院",)), 3_000),
    (Organisation("江澜市图书馆", _OTHER, critical=False, aliases=("市图书馆",)), 3_000),
    (Organisation("澜江食品厂", _FACTORY, aliases=("食品厂",)), 3_500),
    (Organisation("江南农贸市场", _OTHER, critical=False, aliases=("江南菜市场",)), 3_500),
    (Organisation("江澜市第三人民医院", _HOSPITAL, aliases=("市三医院", "第三人民医院")), 4_000),
    (Organisation("江南小学", _SCHOOL), 4_000),
    (Organisation("迎宾酒店", _HOTEL), 4_000),
    (Organisation("江澜市体育馆", _OTHER, critical=False, aliases=("市体育馆",)), 4_500),
    (Organisation("高新区第一小学", _SCHOOL), 5_000),
    (Organisation("江澜机械厂", _FACTORY, aliases=("机械厂",)), 5_000),
    (Organisation("江澜市民之家", _OTHER, critical=False, aliases=("市民之家",)), 5_000),
)
