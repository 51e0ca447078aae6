#include "ui/windows/settings_pages.h"

#include "ui/theme/metrics.h"

#include <QPainter>
#include <QStyledItemDelegate>

namespace ui {

namespace {

constexpr int kGlyphRole = Qt::UserRole;
constexpr int kLeastWidth = 160;
constexpr int kFocusWidth = 2;

// A round row with air around it: chosen and hovered by its ground, focused by a frame.
class PageDelegate : public QStyledItemDelegate {
public:
    PageDelegate(const Theme &theme, QObject *parent) : QStyledItemDelegate(parent), m_theme(theme) {}

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const int text = option.fontMetrics.horizontalAdvance(index.data().toString());
        const int height = std::max(kRowHeight, option.fontMetrics.height() + kGap);
        return {4 * kGap + kIconSize + text + kPad, height + kGrid};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QRect row = option.rect.adjusted(kGap, kGrid, -kGap, 0);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        paintGround(*painter, option, row);
        const QRect glyph(row.left() + kGap, row.center().y() - kIconSize / 2 + 1, kIconSize, kIconSize);
        index.data(Qt::DecorationRole).value<QIcon>().paint(painter, glyph);
        painter->setPen(m_theme.colors().text);
        painter->setFont(option.font);
        painter->drawText(row.adjusted(2 * kGap + kIconSize, 0, -kGap, 0), Qt::AlignVCenter | Qt::AlignLeft,
                          index.data().toString());
        painter->restore();
    }

private:
    void paintGround(QPainter &painter, const QStyleOptionViewItem &option, const QRect &row) const
    {
        const Colors &colors = m_theme.colors();
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
        const auto *view = qobject_cast<const QWidget *>(parent());
        const bool focused = selected && view->hasFocus();
        painter.setPen(focused ? QPen(colors.accent, kFocusWidth) : QPen(Qt::NoPen));
        painter.setBrush(selected ? colors.selection : hovered ? colors.hover : QColor(Qt::transparent));
        painter.drawRoundedRect(QRectF(row).adjusted(1, 1, -1, -1), kRadius, kRadius);
    }

    const Theme &m_theme;
};

} // namespace

PageList::PageList(const Theme &theme, QWidget *parent) : QListWidget(parent), m_theme(theme)
{
    setAccessibleName(tr("Pages of the settings"));
    setItemDelegate(new PageDelegate(theme, this));
    setMouseTracking(true); // for hover
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    setStyleSheet(QStringLiteral("ui--PageList { border: none; }")); // the row shows the focus
    connect(&theme, &Theme::changed, this, &PageList::refreshIcons);
}

void PageList::addPage(Glyph glyph, const QString &name)
{
    auto *item = new QListWidgetItem(m_theme.icon(glyph), name, this);
    item->setData(kGlyphRole, static_cast<int>(glyph));
}

QSize PageList::sizeHint() const
{
    return {std::max(kLeastWidth, sizeHintForColumn(0)), QListWidget::sizeHint().height()};
}

void PageList::refreshIcons()
{
    for (int row = 0; row < count(); ++row)
        item(row)->setIcon(m_theme.icon(static_cast<Glyph>(item(row)->data(kGlyphRole).toInt())));
}

} // namespace ui
