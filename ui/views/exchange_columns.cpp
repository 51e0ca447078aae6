#include "ui/views/exchange_columns.h"

#include "ui/theme/metrics.h"
#include "ui/widgets/badge_label.h"

#include <QAction>
#include <QDataStream>
#include <QHeaderView>
#include <QIODevice>
#include <QMenu>

namespace ui {

namespace {

const auto kStateName = QStringLiteral("requests.columns");
constexpr quint8 kStateVersion = 1;
constexpr int kLeastPath = 34 * kGrid;
constexpr int kLeastWidth = 9 * kGrid;

int sectionOf(ExchangeColumn column)
{
    return int(column);
}

// What a typical text of the column takes.
int textWidth(const QHeaderView &header, const char *sample)
{
    return header.fontMetrics().horizontalAdvance(QLatin1String(sample)) + 2 * kGap + kGap;
}

} // namespace

ExchangeColumns::ExchangeColumns(QHeaderView &header, settings::WindowState &state)
    : QObject(&header), m_header(header), m_state(state)
{
    header.setSectionsMovable(true);
    header.setMinimumSectionSize(kLeastWidth);
    header.setStretchLastSection(false);
    header.setHighlightSections(false);
    header.setSectionResizeMode(QHeaderView::Interactive);
    header.setSectionResizeMode(sectionOf(ExchangeColumn::Marker), QHeaderView::Fixed);
    header.setSectionResizeMode(sectionOf(ExchangeColumn::Path), QHeaderView::Stretch);
    setDefaultWidths();
    restore();
    connect(&header, &QHeaderView::sectionResized, this, [this] { remember(); });
    connect(&header, &QHeaderView::sectionMoved, this, [this] { remember(); });
}

void ExchangeColumns::setDefaultWidths()
{
    m_header.resizeSection(sectionOf(ExchangeColumn::Marker), kLeastWidth);
    m_header.resizeSection(sectionOf(ExchangeColumn::Time), textWidth(m_header, "00:00:00 "));
    m_header.resizeSection(sectionOf(ExchangeColumn::Method), textWidth(m_header, "OPTIONS"));
    m_header.resizeSection(sectionOf(ExchangeColumn::Status), textWidth(m_header, "Cancelled ") + kIconSize + 2 * kGap);
    m_header.resizeSection(sectionOf(ExchangeColumn::Duration), textWidth(m_header, "Duration ") + kPad);
    m_header.resizeSection(sectionOf(ExchangeColumn::Size), textWidth(m_header, "1023.9 kB"));
    m_header.resizeSection(sectionOf(ExchangeColumn::Tunnel), textWidth(m_header, "my-long-shop"));
}

void ExchangeColumns::setHidden(ExchangeColumn column, bool hidden)
{
    if (column == ExchangeColumn::Path)
        return;
    m_hidden.at(std::size_t(column)) = hidden;
    fit(m_width);
    remember();
}

int ExchangeColumns::neededWidth() const
{
    int width = kLeastPath;
    for (int section = 0; section < kExchangeColumns; ++section)
        if (!m_header.isSectionHidden(section) && section != sectionOf(ExchangeColumn::Path))
            width += m_header.sectionSize(section);
    return width;
}

void ExchangeColumns::fit(int width)
{
    m_width = width;
    m_fitting = true;
    for (int section = 0; section < kExchangeColumns; ++section)
        m_header.setSectionHidden(section, m_hidden.at(std::size_t(section)));
    for (const auto column : {ExchangeColumn::Tunnel, ExchangeColumn::Size, ExchangeColumn::Time,
                              ExchangeColumn::Duration, ExchangeColumn::Marker})
        if (width > 0 && neededWidth() > width)
            m_header.setSectionHidden(sectionOf(column), true);
    m_fitting = false;
}

void ExchangeColumns::reset()
{
    m_hidden.fill(false);
    for (int section = 0; section < kExchangeColumns; ++section)
        m_header.moveSection(m_header.visualIndex(section), section);
    fit(0); // hidden sections have no width to set
    setDefaultWidths();
    fit(m_header.width());
}

void ExchangeColumns::fillMenu(QMenu &menu)
{
    for (int section = 0; section < kExchangeColumns; ++section) {
        const auto column = ExchangeColumn(section);
        const QString name = column == ExchangeColumn::Marker
                                 ? tr("Marker")
                                 : m_header.model()->headerData(section, Qt::Horizontal).toString();
        auto *action = menu.addAction(name);
        action->setCheckable(true);
        action->setChecked(!isHidden(column));
        action->setEnabled(column != ExchangeColumn::Path);
        connect(action, &QAction::toggled, this, [this, column](bool shown) { setHidden(column, !shown); });
    }
    menu.addSeparator();
    connect(menu.addAction(tr("Reset columns")), &QAction::triggered, this, &ExchangeColumns::reset);
}

// In visual order: column, width, hidden by the user. Hidden sections tell their last width only while shown, so it is
// kept as it was remembered before.
void ExchangeColumns::remember()
{
    if (m_fitting)
        return;
    QByteArray bytes;
    QDataStream out(&bytes, QIODevice::WriteOnly);
    out << kStateVersion;
    for (int visual = 0; visual < kExchangeColumns; ++visual) {
        const int section = m_header.logicalIndex(visual);
        const int size = m_header.isSectionHidden(section) ? 0 : m_header.sectionSize(section);
        out << qint32(section) << qint32(size) << m_hidden.at(std::size_t(section));
    }
    m_state.set(kStateName, bytes);
}

void ExchangeColumns::restore()
{
    QDataStream in(m_state.value(kStateName));
    quint8 version = 0;
    in >> version;
    for (int visual = 0; version == kStateVersion && visual < kExchangeColumns; ++visual) {
        qint32 section = -1;
        qint32 width = 0;
        bool hidden = false;
        in >> section >> width >> hidden;
        if (in.status() != QDataStream::Ok || section < 0 || section >= kExchangeColumns)
            return;
        m_header.moveSection(m_header.visualIndex(section), visual);
        if (width >= kLeastWidth && section != sectionOf(ExchangeColumn::Path))
            m_header.resizeSection(section, width);
        m_hidden.at(std::size_t(section)) = hidden && section != sectionOf(ExchangeColumn::Path);
    }
}

} // namespace ui
