#!/usr/bin/env python3
"""Makes the STIX Two Math files that pages load from the published font.

    apt-get install python3-fonttools python3-brotli
    npm pack @fontsource/stix-two-math@5.3.0 && tar xf fontsource-*.tgz
    ./stix-two-math.py package/files/stix-two-math-latin-400-normal.woff2

Each file gets those of CHARACTERS that are in its unicode-range in ../css/math.css. If two
ranges have a character, the later one counts, as in browsers. Each file also has the space,
and the signs file has ALSO_GROWING.
"""

import copy
import hashlib
import pathlib
import re
import sys

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates
from fontTools.ttLib.scaleUpem import scale_upem

HERE = pathlib.Path(__file__).parent

CHARACTERS = (
    " ()+/<=>[]{|}"
    "∃∀∅∈∉∋∏∐∑−∓∖∗∘√∝∞∠∣∤∥∧∨∩∪∫∬∭∮∴∵∼≃≅≈≔≜≠≡≢≤≥≪≫≺≻⊂⊃⊄⊆⊇⊊⊕⊗⊙⊢⊥⊤⊨⋀⋁⋂⋃⋅⋆⋮⋯⋱"
    "\\⟦⟧⎰⎱⨀⨁⨂⨄⨆∯∰↕↩↪↼↽⇁⇕"
    "⌈⌉⌊⌋⟨⟩⟶⟹⟺⩽⩾←↑→↓↔↦↗↘⇀⇌⇐⇑⇒⇓⇔ˆ˜¯‾ˉ˙¨ˇ⃗⏞⏟′…‖∂∇□△¬±×÷·^_~"
    "ȷϑϕϖϱϵℏℓℜℑℂℍℕℙℚℝℤ𝔼𝔽𝕀𝟙𝒜𝒞𝒟𝒢𝒥𝒦𝒩𝒪𝒫𝒬𝒮𝒯𝒰𝒱𝒲𝒳𝒴𝒵ℬℰℱℋℐℒℳℛ"
)

# The files in which browsers look for stretched forms: the second for signs of class "sign",
# some of which another file has at normal size.
SIGNS = "stix-two-math-signs.woff2"
GROWING = ["stix-two-math.woff2", SIGNS]
ALSO_GROWING = "←↑↓↔⇐⇑⇒⇓⇔ˆ˜"

# Accents that take the larger sizes of their combining twins, as they have none themselves.
GROWING_AS = {"ˆ": "\u0302", "˜": "\u0303"}

# Accents over one letter, and their height above the baseline, in em.
ACCENTS = "ˆ‾˙¨ˇ"
ACCENT_BOTTOM = 0.05

# Letters are shown in the italics of another font. Few fonts have these letters, so they
# get the shape of their italic twins.
ITALIC = dict(zip("ȷϵϑϕϱϖ", "𝚥𝜖𝜗𝜙𝜚𝜛"))

# Primes are written as superscripts, but the font already has them small and high. They are
# enlarged so that superscripts of this scale show them at their normal size.
SCRIPT = 0.71
PRIME_BOTTOM = 0.03  # above the baseline, in em

# The width of a root sign, of its size: between the smallest sign and those over fractions.
# Of that width: where the stem of one that is made of parts ends, and how far its top goes on
# in the line above what stands under it.
ROOT_WIDTH = 0.9
ROOT_STEM = 0.9
ROOT_OVERLAP = 0.04

# A quarter of the grid of the source: at 20 pixels no point moves by more than a 25th of
# a pixel, and a sixth less is to be loaded.
UNITS_PER_EM = 250


def faces():
    """The files of math.css with their characters, in its order."""
    css = (HERE / "../css/math.css").read_text()
    found = {}
    for rule in re.findall(r"@font-face \{.*?\}", css, re.S):
        ranges = re.findall(r"U\+([\dA-F]+)(?:-([\dA-F]+))?", rule)
        holds = {c for c in CHARACTERS if any(int(a, 16) <= ord(c) <= int(b or a, 16) for a, b in ranges)}
        if not ranges:
            continue  # a file that another rule has named
        for name, earlier in found.items():
            earlier -= holds - set(ALSO_GROWING if name == SIGNS else "")
        found[re.search(r"fonts/([\w-]+\.woff2)", rule)[1]] = holds
    return found


def least_length(assembly):
    """The length of a sign assembled from parts, using each part once."""
    parts = assembly.PartRecords
    overlaps = (min(a.EndConnectorLength, b.StartConnectorLength) for a, b in zip(parts, parts[1:]))
    return sum(part.FullAdvance for part in parts) - sum(overlaps)


def fixed_length(assembly):
    """The total length of the parts that do not repeat: WebKit makes no sign shorter."""
    return sum(part.FullAdvance for part in assembly.PartRecords if not part.PartFlags & 1)


def constructions(variants):
    return (variants.VertGlyphConstruction or []) + (variants.HorizGlyphConstruction or [])


def turn_ends(variants):
    """Swaps connectors: in the source, the heads of right arrows overlap their shafts at the
    wrong end, so Chromium cannot stretch the arrows."""
    for construction in constructions(variants):
        end = construction.GlyphAssembly and construction.GlyphAssembly.PartRecords[-1]
        if end and not end.StartConnectorLength:
            end.StartConnectorLength, end.EndConnectorLength = end.EndConnectorLength, 0


def grow_accents(variants, font):
    """Gives accents the sizes of GROWING_AS."""
    names, coverage = font.getBestCmap(), variants.HorizGlyphCoverage
    sizes = dict(zip(coverage.glyphs, variants.HorizGlyphConstruction))
    for accent, twin in GROWING_AS.items():
        construction = copy.deepcopy(sizes[names[ord(twin)]])
        construction.MathGlyphVariantRecord[0].VariantGlyph = names[ord(accent)]
        sizes[names[ord(accent)]] = construction
    coverage.glyphs = sorted(sizes, key=font.getGlyphID)
    variants.HorizGlyphConstruction = [sizes[name] for name in coverage.glyphs]
    variants.HorizGlyphCount = len(sizes)


def align_scripts(constants):
    """Puts the scripts of all letters at the same height, whether or not a letter is tall or
    has a descender. As in TeX, the limits are for scripts of larger things."""
    constants.SubscriptBaselineDropMin.Value = 0
    constants.SuperscriptBaselineDropMax.Value = 386


def lower_prime(font):
    """Makes the prime as tall and low as a superscript needs it."""
    name = font.getBestCmap()[ord("′")]
    glyph, grid = font["glyf"][name], font["head"].unitsPerEm
    bottom = min(y for _, y in glyph.coordinates)
    glyph.coordinates.translate((0, -bottom))
    glyph.coordinates.scale((1 / SCRIPT, 1 / SCRIPT))
    glyph.coordinates.translate((0, round(PRIME_BOTTOM * grid)))
    glyph.coordinates.toInt()
    glyph.recalcBounds(font["glyf"])
    width, side = font["hmtx"][name]
    font["hmtx"][name] = round(width / SCRIPT), round(side / SCRIPT)


def lower_accents(font):
    """Puts accents near the line. Where they are shown follows from their ink alone, but in
    WebKit, which adds what is below it."""
    table, bottom = font["glyf"], round(ACCENT_BOTTOM * font["head"].unitsPerEm)
    for accent in ACCENTS:
        glyph = table[font.getBestCmap()[ord(accent)]]
        if glyph.isComposite():
            for component in glyph.components:
                component.y += bottom - glyph.yMin
        else:
            glyph.coordinates.translate((0, bottom - glyph.yMin))
        glyph.recalcBounds(table)


def even_roots(font):
    """Makes all sizes of the root sign as wide as ROOT_WIDTH: behind what stands under any of
    them, Chromium leaves the room that the widest would need more."""
    name, variants = font.getBestCmap()[ord("√")], font["MATH"].table.MathVariants
    root = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(name)]
    width = round(ROOT_WIDTH * font["head"].unitsPerEm)
    for name in {size.VariantGlyph for size in root.MathGlyphVariantRecord}:
        factor = width / font["hmtx"][name][0]
        reshape(font, name, width, lambda x: x * factor)
    parts = [part.glyph for part in root.GlyphAssembly.PartRecords]
    left, right = font["glyf"][parts[0]].xMin, font["glyf"][parts[0]].xMax
    stem, overlap = ROOT_STEM * width, ROOT_OVERLAP * width
    for name in parts:
        reshape(font, name, width, lambda x: min((x - left) * stem / (right - left), width + overlap))


def reshape(font, name, width, move):
    """Gives a glyph a width, and moves its points from x to move(x)."""
    glyph = font["glyf"][name]
    glyph.coordinates = GlyphCoordinates([(round(move(x)), y) for x, y in glyph.coordinates])
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = width, glyph.xMin


def thin_sizes(variants):
    """Leaves of the sizes of each sign those that are a fifth larger than the last, up to
    what is made of parts."""
    for construction in constructions(variants):
        assembly = construction.GlyphAssembly
        most = max(least_length(assembly), fixed_length(assembly)) if assembly else float("inf")
        kept = construction.MathGlyphVariantRecord[:1]
        for size in construction.MathGlyphVariantRecord[1:]:
            if 1.2 * kept[-1].AdvanceMeasurement <= size.AdvanceMeasurement < most:
                kept.append(size)
        construction.MathGlyphVariantRecord = kept
        construction.VariantCount = len(kept)


def scale_sizes(math, factor):
    """Scales the lengths of the MATH table that scale_upem leaves alone."""

    def scale(record, *lengths):
        for length in lengths:
            setattr(record, length, round(getattr(record, length) * factor))

    scale(math.MathConstants, "DelimitedSubFormulaMinHeight", "DisplayOperatorMinHeight")
    scale(math.MathVariants, "MinConnectorOverlap")
    for construction in constructions(math.MathVariants):
        for size in construction.MathGlyphVariantRecord:
            scale(size, "AdvanceMeasurement")
        for part in construction.GlyphAssembly.PartRecords if construction.GlyphAssembly else []:
            scale(part, "StartConnectorLength", "EndConnectorLength", "FullAdvance")


def write(source, name, characters):
    options = subset.Options(
        hinting=False, layout_features=[], drop_tables=["GDEF", "GPOS", "GSUB", "gasp"], name_IDs=[0, 1]
    )
    font = TTFont(source, lazy=False, recalcTimestamp=False)
    if name in GROWING:
        font["MATH"].table.MathGlyphInfo.MathKernInfo = None  # browsers do not use it
        align_scripts(font["MATH"].table.MathConstants)
        turn_ends(font["MATH"].table.MathVariants)
        grow_accents(font["MATH"].table.MathVariants, font)
        thin_sizes(font["MATH"].table.MathVariants)
        even_roots(font)
    else:
        del font["MATH"]
    lower_prime(font)
    lower_accents(font)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update({ord(c): table.cmap[ord(i)] for c, i in ITALIC.items() if ord(i) in table.cmap})
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=" " + "".join(characters))
    subsetter.subset(font)
    if name in GROWING:
        scale_sizes(font["MATH"].table, UNITS_PER_EM / font["head"].unitsPerEm)
    scale_upem(font, UNITS_PER_EM)
    font.flavor = "woff2"
    font.save(HERE / name)
    made = (HERE / name).read_bytes()
    print(f"| `{name}` | {len(made) / 1000:.1f} KB, SHA-256 `{hashlib.sha256(made).hexdigest()}` |")


for name, characters in faces().items():
    write(sys.argv[1], name, characters)
