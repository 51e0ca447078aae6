#include "support/screenshot.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QStyle>
#include <QStyleOptionButton>
#include <QStyleOptionFrame>
#include <QStyleOptionTab>
#include <QTabBar>
#include <QToolButton>

namespace support {

namespace {

QString named(const QWidget &widget, const QString &text)
{
    return QStringLiteral("%1 “%2”").arg(QString::fromLatin1(widget.metaObject()->className()), text);
}

QString tooNarrow(const QWidget &widget, const QString &text, int has, int needs)
{
    return QStringLiteral("%1 has %2 of %3 pixels").arg(named(widget, text)).arg(has).arg(needs);
}

int textWidth(const QWidget &widget, const QString &text)
{
    return widget.fontMetrics().size(Qt::TextShowMnemonic, text).width();
}

// The part of the widget that no ancestor up to `root` cuts off; within a scroll area the user can reach all of it.
QRect reachable(const QWidget &widget, const QWidget &root)
{
    QRect seen = widget.rect();
    for (const QWidget *child = &widget; child != &root; child = child->parentWidget()) {
        const QWidget *parent = child->parentWidget();
        const auto *area = qobject_cast<const QAbstractScrollArea *>(parent->parentWidget());
        if (child->isWindow() || (area && area->viewport() == parent))
            return seen;
        seen &= parent->rect().translated(widget.mapFrom(parent, QPoint()));
    }
    return seen;
}

QString checkLabel(const QLabel &label)
{
    QString text = label.text();
    if (text.isEmpty())
        return {};
    if (label.wordWrap()) {
        const int needs = label.heightForWidth(label.width());
        return needs > label.height() ? tooNarrow(label, text, label.height(), needs) : QString();
    }
    const QSize needs = label.sizeHint();
    if (needs.width() > label.width())
        return tooNarrow(label, text, label.width(), needs.width());
    return needs.height() > label.height() ? tooNarrow(label, text, label.height(), needs.height()) : QString();
}

// The room for icon and text inside the button's frame.
int contentsWidth(const QAbstractButton &button)
{
    QStyleOptionButton option;
    option.initFrom(&button);
    option.text = button.text();
    option.icon = button.icon();
    option.iconSize = button.iconSize();
    const QStyle *style = button.style();
    if (qobject_cast<const QCheckBox *>(&button))
        return style->subElementRect(QStyle::SE_CheckBoxContents, &option, &button).width();
    if (qobject_cast<const QRadioButton *>(&button))
        return style->subElementRect(QStyle::SE_RadioButtonContents, &option, &button).width();
    if (qobject_cast<const QPushButton *>(&button))
        return style->subElementRect(QStyle::SE_PushButtonContents, &option, &button).width();
    return button.width();
}

bool showsText(const QAbstractButton &button)
{
    const auto *tool = qobject_cast<const QToolButton *>(&button);
    return !button.text().isEmpty() &&
           (!tool || button.icon().isNull() || tool->toolButtonStyle() != Qt::ToolButtonIconOnly);
}

QString checkButton(const QAbstractButton &button)
{
    if (!showsText(button))
        return {};
    int needs = textWidth(button, button.text());
    const bool isPush = qobject_cast<const QPushButton *>(&button);
    if (isPush && !button.icon().isNull())
        needs += button.iconSize().width() + 4; // QPushButton puts 4 pixels between
    const int has = contentsWidth(button);
    if (needs > has)
        return tooNarrow(button, button.text(), has, needs);
    const int height = button.fontMetrics().height();
    return height > button.height() ? tooNarrow(button, button.text(), button.height(), height) : QString();
}

QStringList checkTabs(const QTabBar &bar)
{
    QStringList cut;
    for (int index = 0; index < bar.count(); ++index) {
        QStyleOptionTab option;
        option.initFrom(&bar);
        option.rect = bar.tabRect(index);
        option.shape = bar.shape();
        option.text = bar.tabText(index);
        option.icon = bar.tabIcon(index);
        option.iconSize = bar.iconSize();
        const int has = bar.style()->subElementRect(QStyle::SE_TabBarTabText, &option, &bar).width();
        const int needs = textWidth(bar, option.text);
        if (bar.isTabVisible(index) && (needs > has || !bar.rect().contains(option.rect)))
            cut += tooNarrow(bar, option.text, has, needs);
    }
    return cut;
}

QString checkPlaceholder(const QLineEdit &edit)
{
    if (!edit.text().isEmpty() || edit.placeholderText().isEmpty())
        return {};
    QStyleOptionFrame option;
    option.initFrom(&edit);
    int has = edit.style()->subElementRect(QStyle::SE_LineEditContents, &option, &edit).width();
    has -= edit.textMargins().left() + edit.textMargins().right() + 4; // QLineEdit's own margins of 2
    for (const auto *button : edit.findChildren<QToolButton *>()) {
        if (button->isVisibleTo(&edit))
            has -= button->width();
    }
    const int needs = edit.fontMetrics().horizontalAdvance(edit.placeholderText());
    return needs > has ? tooNarrow(edit, edit.placeholderText(), has, needs) : QString();
}

QStringList checkOne(const QWidget &widget)
{
    if (const auto *label = qobject_cast<const QLabel *>(&widget))
        return {checkLabel(*label)};
    if (const auto *button = qobject_cast<const QAbstractButton *>(&widget))
        return {checkButton(*button)};
    if (const auto *bar = qobject_cast<const QTabBar *>(&widget))
        return checkTabs(*bar);
    if (const auto *edit = qobject_cast<const QLineEdit *>(&widget))
        return {checkPlaceholder(*edit)};
    return {};
}

QString shownText(const QWidget &widget)
{
    if (const auto *label = qobject_cast<const QLabel *>(&widget))
        return label->text();
    const auto *button = qobject_cast<const QAbstractButton *>(&widget);
    return button ? button->text().isEmpty() ? button->accessibleName() : button->text() : QString();
}

} // namespace

QStringList cutTexts(const QWidget &widget)
{
    QStringList cut;
    QList<const QWidget *> all{&widget};
    for (const auto *child : widget.findChildren<QWidget *>())
        all += child;
    for (const QWidget *one : all) {
        const bool shown = one->isVisibleTo(&widget) && !(one != &widget && one->isWindow());
        if (!shown || one->property("elided").toBool())
            continue;
        cut += checkOne(*one);
        if (!shownText(*one).isEmpty() && reachable(*one, widget) != one->rect())
            cut += QStringLiteral("%1 is cut off by what is around it").arg(named(*one, shownText(*one)));
    }
    cut.removeAll(QString());
    return cut;
}

} // namespace support
