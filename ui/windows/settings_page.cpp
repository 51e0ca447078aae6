#include "ui/windows/settings_page.h"

#include "ui/theme/metrics.h"

#include <QLabel>
#include <QVBoxLayout>

namespace ui {

QVBoxLayout *settingsColumn(QWidget *page)
{
    page->setProperty("kind", QStringLiteral("page"));
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(kSection, kSection, kSection, kSection);
    column->setSpacing(kPad);
    return column;
}

QLabel *settingsHeading(const Theme &theme, const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setFont(theme.heading());
    return label;
}

QLabel *settingsSection(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    QFont font = label->font();
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    return label;
}

QLabel *settingsSentence(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty("kind", QStringLiteral("muted"));
    return label;
}

} // namespace ui
