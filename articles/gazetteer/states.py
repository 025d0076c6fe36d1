"""States and provinces that copy prints after a town ("Moscow, Idaho"), in full and as abbreviated; no code here.

Folded as ``index.key`` folds. The full names are towns of their country in ``fixtures/regions.json``.
"""

from .words import _owned

STATES = _owned("""
US: alabama, alaska, arizona, arkansas, california, colorado, connecticut, delaware, florida, georgia, hawaii, idaho,
illinois, indiana, iowa, kansas, kentucky, louisiana, maine, maryland, massachusetts, michigan, minnesota, mississippi,
missouri, montana, nebraska, nevada, new hampshire, new jersey, new mexico, new york, north carolina, north dakota,
ohio, oklahoma, oregon, pennsylvania, rhode island, south carolina, south dakota, tennessee, texas, utah, vermont,
virginia, west virginia, washington state, wisconsin, wyoming, district of columbia, new york state, californie,
floride, georgie, louisiane, pennsylvanie, virginie, caroline du nord, caroline du sud, hawai, nouveau mexique,
dakota du nord, dakota du sud, virginie occidentale, كاليفورنيا, فلوريدا, تكساس, لويزيانا, بنسلفانيا, فيرجينيا, هاواي,
الاسكا, اوهايو, ميشيغان, اريزونا, مينيسوتا, نيوجيرسي, جورجيا, ايداهو, ايلينوي, الينوي, الاباما, تينيسي, كارولاينا
الشماليه, كارولاينا الجنوبيه, كولورادو, نيفادا, ماساتشوستس, ميزوري, ويسكونسن, انديانا, اوريغون, كنتاكي, جورجيا
الاميركيه, ولايه واشنطن, ولايه نيويورك;
CA: ontario, alberta, british columbia, manitoba, saskatchewan, nova scotia, newfoundland, new brunswick, nunavut,
yukon, prince edward island, labrador, newfoundland and labrador, northwest territories, quebec, colombie britannique,
nouvelle ecosse, terre neuve, nouveau brunswick, ile du prince edouard, اونتاريو, البرتا, كيبيك, مانيتوبا;
AU: new south wales, queensland, tasmania, south australia, western australia, northern territory, victoria,
australian capital territory, nouvelle galles du sud, tasmanie, australie occidentale, australie meridionale,
كوينزلاند, نيو ساوث ويلز;
IN: uttar pradesh, madhya pradesh, andhra pradesh, himachal pradesh, arunachal pradesh, bihar, gujarat, maharashtra,
rajasthan, tamil nadu, karnataka, kerala, telangana, odisha, west bengal, assam, jharkhand, chhattisgarh, haryana,
uttarakhand, manipur, meghalaya, mizoram, nagaland, tripura, sikkim, goa, punjab;
GB: england, scotland, wales, northern ireland, angleterre, ecosse, irlande du nord, pays de galles, yorkshire,
cornwall, kent, essex, devon, norfolk, suffolk, lincolnshire, lancashire;
DE: bavaria, saxony, thuringia, hesse, brandenburg, lower saxony, baviere, saxe;
ES: catalonia, andalusia, galicia, extremadura; BR: sao paulo state, minas gerais, bahia, santa catarina, pernambuco;
MX: jalisco, sinaloa, chiapas, oaxaca, michoacan, guanajuato, tamaulipas, nuevo leon, baja california, yucatan;
ZA: kwazulu natal, gauteng, eastern cape, western cape, northern cape, limpopo, mpumalanga
""")
# States that are called as a large town is: "London, New York and Tokyo" lists three towns.
TOWN_LIKE = frozenset({"new york", "quebec", "sao paulo"})
# As printed with a full stop ("Moscow, Ind."), tokens parted by a space.
SHORT = _owned("""
US: ala, ariz, ark, calif, colo, conn, del, fla, ga, ill, ind, kan, kans, ky, la, mass, md, mich, minn, miss, mo, mont,
neb, nebr, nev, n h, n j, n m, n y, n c, n d, okla, ore, penn, pa, r i, s c, s d, tenn, tex, vt, va, wash, w va, wis,
wyo, d c;
CA: ont, que, b c, alta, sask, man, n s, n b, n l, p e i; AU: n s w, qld, tas, vic
""")
# As printed in capitals without one. Left out: "IN", "OR", "ME", "ON", and those that are degrees or bodies after a
# name as well ("the Palestinian Authority, PA", "Ann Lee, MD").
POSTAL = _owned("""
US: ak, ar, az, ca, ct, dc, fl, ga, ia, id, il, ks, ky, mi, mn, mo, nc, nd, nh, nj, nm, nv, ny, oh, ri, sc, sd, tn, tx,
ut, va, vt, wa, wi, wv, wy; CA: bc, ab, mb, qc, nl; AU: nsw, qld
""")
