#include "ui/windows/replay_header_delegate.h"

#include "ui/theme/metrics.h"
#include "ui/windows/replay_header_model.h"

#include <QApplication>
#include <QCompleter>
#include <QLineEdit>
#include <QPainter>

namespace ui {

namespace {

QStringList usualNames()
{
    return {QStringLiteral("Accept"),
            QStringLiteral("Accept-Encoding"),
            QStringLiteral("Accept-Language"),
            QStringLiteral("Authorization"),
            QStringLiteral("Cache-Control"),
            QStringLiteral("Content-Encoding"),
            QStringLiteral("Content-Type"),
            QStringLiteral("Cookie"),
            QStringLiteral("Host"),
            QStringLiteral("If-Match"),
            QStringLiteral("If-Modified-Since"),
            QStringLiteral("If-None-Match"),
            QStringLiteral("Origin"),
            QStringLiteral("Range"),
            QStringLiteral("Referer"),
            QStringLiteral("User-Agent"),
            QStringLiteral("X-Forwarded-For"),
            QStringLiteral("X-Forwarded-Host"),
            QStringLiteral("X-Forwarded-Proto"),
            QStringLiteral("X-Request-Id"),
            QStringLiteral("X-Requested-With")};
}

} // namespace

ReplayHeaderDelegate::ReplayHeaderDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent), m_theme(theme), m_names(new QCompleter(usualNames(), this))
{
    m_names->setCaseSensitivity(Qt::CaseInsensitive);
}

QWidget *ReplayHeaderDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &,
                                            const QModelIndex &index) const
{
    auto *editor = new QLineEdit(parent);
    editor->setFont(m_theme.monospace());
    editor->setAccessibleName(index.column() == ReplayHeaderModel::Name ? tr("Header name") : tr("Header value"));
    if (index.column() == ReplayHeaderModel::Name)
        editor->setCompleter(m_names);
    return editor;
}

// The checkbox stands under the heading of the table, the row's colour goes to the edge.
void ReplayHeaderDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    if (index.column() != ReplayHeaderModel::Enabled)
        return QStyledItemDelegate::paint(painter, option, index);
    auto whole = option;
    initStyleOption(&whole, index);
    const auto *style = whole.widget ? whole.widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &whole, painter, whole.widget);
    auto inset = option;
    inset.rect.setLeft(inset.rect.left() + kGap);
    QStyledItemDelegate::paint(painter, inset, index);
}

bool ReplayHeaderDelegate::editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                                       const QModelIndex &index)
{
    if (index.column() != ReplayHeaderModel::Enabled)
        return QStyledItemDelegate::editorEvent(event, model, option, index);
    if (event->type() != QEvent::MouseButtonRelease && event->type() != QEvent::MouseButtonDblClick)
        return false;
    const bool on = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    return model->setData(index, on ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

QSize ReplayHeaderDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return QStyledItemDelegate::sizeHint(option, index) + QSize(kPad, kGap);
}

} // namespace ui
