#include "ui/theme/style_sheet.h"

#include "ui/theme/metrics.h"

#include <QFile>
#include <QFont>
#include <QStyle>
#include <QWidget>

#include <algorithm>

// Out of the namespace, as the macro demands; a static library's resources are not registered by themselves.
static void registerStyle()
{
    Q_INIT_RESOURCE(style);
}

namespace ui {

namespace {

struct Word {
    QLatin1String name;
    QString value;
};

QList<Word> words(const Colors &colors)
{
    const auto pixels = [](int size) { return QStringLiteral("%1px").arg(size); };
    return {{QLatin1String("@window"), colors.window.name()},
            {QLatin1String("@surface"), colors.surface.name()},
            {QLatin1String("@raised"), colors.raised.name()},
            {QLatin1String("@hover"), colors.hover.name()},
            {QLatin1String("@pressed"), colors.pressed.name()},
            {QLatin1String("@border"), colors.border.name()},
            {QLatin1String("@outline"), colors.outline.name()},
            {QLatin1String("@text"), colors.text.name()},
            {QLatin1String("@muted"), colors.muted.name()},
            {QLatin1String("@disabled"), colors.disabled.name()},
            {QLatin1String("@accent"), colors.accent.name()},
            {QLatin1String("@accentHover"), colors.accentHover.name()},
            {QLatin1String("@onAccent"), colors.onAccent.name()},
            {QLatin1String("@selection"), colors.selection.name()},
            {QLatin1String("@selected"), colors.selected.name()},
            {QLatin1String("@success"), colors.success.name()},
            {QLatin1String("@info"), colors.info.name()},
            {QLatin1String("@warning"), colors.warning.name()},
            {QLatin1String("@danger"), colors.danger.name()},
            {QLatin1String("@successSoft"), colors.successSoft.name()},
            {QLatin1String("@infoSoft"), colors.infoSoft.name()},
            {QLatin1String("@warningSoft"), colors.warningSoft.name()},
            {QLatin1String("@dangerSoft"), colors.dangerSoft.name()},
            {QLatin1String("@radius"), pixels(kRadius)},
            {QLatin1String("@cardRadius"), pixels(kRadius + 2)},
            {QLatin1String("@shade"), colors.dark ? QStringLiteral("dark") : QStringLiteral("light")}};
}

} // namespace

QString styleSheet(const Colors &colors)
{
    registerStyle();
    QFile file(QStringLiteral(":/style/product.qss"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("the style sheet is not in the program");
    QString sheet = QString::fromUtf8(file.readAll());
    sheet.remove(0, sheet.indexOf(QLatin1String("*/")) + 2); // its comment explains the words
    QList<Word> all = words(colors);
    // The longest first: @accent is the beginning of @accentHover.
    std::ranges::sort(all, std::ranges::greater{}, [](const Word &word) { return word.name.size(); });
    for (const Word &word : all)
        sheet.replace(word.name, word.value);
    return sheet;
}

void repolish(QWidget &widget)
{
    widget.style()->unpolish(&widget);
    widget.style()->polish(&widget);
    widget.update();
}

void setLastingFont(QWidget &widget, const QFont &font)
{
    widget.setProperty("_q_styleSheetWidgetFont", font); // where QStyleSheetStyle (Qt 6.4) keeps what it brings back
    widget.setFont(font);
}

} // namespace ui
