#include "ui/theme/colors.h"

namespace ui {

Colors lightColors()
{
    return {.dark = false,
            .window = QColor(0xf4f5f8),
            .surface = QColor(0xffffff),
            .raised = QColor(0xffffff),
            .hover = QColor(0xeceef3),
            .pressed = QColor(0xdfe2ea),
            .border = QColor(0xdde1e8),
            .outline = QColor(0xc3c9d5),
            .text = QColor(0x1a1f2b),
            .muted = QColor(0x586173),
            .disabled = QColor(0x9aa2b1),
            .accent = QColor(0x4f46e5),
            .accentHover = QColor(0x4239c8),
            .onAccent = QColor(0xffffff),
            .selection = QColor(0xe3e5fc),
            .selected = QColor(0xc9cdfa),
            .success = QColor(0x15753a),
            .info = QColor(0x0b64a0),
            .warning = QColor(0x9a4b06),
            .danger = QColor(0xb8202b),
            .successSoft = QColor(0xdff5e6),
            .infoSoft = QColor(0xdcedfb),
            .warningSoft = QColor(0xfdeed3),
            .dangerSoft = QColor(0xfde4e4),
            .key = QColor(0x4338ca),
            .string = QColor(0x12703d),
            .number = QColor(0xa3430a),
            .keyword = QColor(0xa21caf)};
}

Colors darkColors()
{
    return {.dark = true,
            .window = QColor(0x13151b),
            .surface = QColor(0x1a1d25),
            .raised = QColor(0x21252f),
            .hover = QColor(0x282d39),
            .pressed = QColor(0x323847),
            .border = QColor(0x2e3441),
            .outline = QColor(0x434b5c),
            .text = QColor(0xe8eaf0),
            .muted = QColor(0x9ea6b6),
            .disabled = QColor(0x656e80),
            .accent = QColor(0x9a9dff),
            .accentHover = QColor(0xb3b5ff),
            .onAccent = QColor(0x12132a),
            .selection = QColor(0x2e3266),
            .selected = QColor(0x454b96),
            .success = QColor(0x5bd98a),
            .info = QColor(0x6cbcf7),
            .warning = QColor(0xf3b54a),
            .danger = QColor(0xff8b8b),
            .successSoft = QColor(0x17352a),
            .infoSoft = QColor(0x17324a),
            .warningSoft = QColor(0x3a2e17),
            .dangerSoft = QColor(0x432327),
            .key = QColor(0xa9abff),
            .string = QColor(0x7fdca4),
            .number = QColor(0xf5b870),
            .keyword = QColor(0xf0a1f5)};
}

} // namespace ui
