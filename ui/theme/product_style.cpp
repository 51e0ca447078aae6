#include "ui/theme/product_style.h"

#include <QKeyEvent>
#include <QPushButton>
#include <QStyleFactory>
#include <QToolButton>

namespace ui {

namespace {

// Not a check box: Enter in a form means the form.
QAbstractButton *pressedByEnter(QObject *object)
{
    if (auto *button = qobject_cast<QPushButton *>(object))
        return button;
    return qobject_cast<QToolButton *>(object);
}

bool isEnter(const QKeyEvent &key)
{
    return (key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter) && !key.isAutoRepeat() &&
           (key.modifiers() & ~Qt::KeyboardModifiers(Qt::KeypadModifier)) == Qt::NoModifier;
}

} // namespace

ProductStyle::ProductStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion")))
{
}

void ProductStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (pressedByEnter(widget))
        widget->installEventFilter(this);
}

void ProductStyle::unpolish(QWidget *widget)
{
    widget->removeEventFilter(this);
    QProxyStyle::unpolish(widget);
}

bool ProductStyle::eventFilter(QObject *watched, QEvent *event)
{
    auto *button = event->type() == QEvent::KeyPress ? pressedByEnter(watched) : nullptr;
    if (!button || !isEnter(*static_cast<QKeyEvent *>(event))) // NOLINT(*-static-cast-downcast): its type says so
        return QProxyStyle::eventFilter(watched, event);
    button->click();
    return true;
}

} // namespace ui
