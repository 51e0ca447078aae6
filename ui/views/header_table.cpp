#include "ui/views/header_table.h"

#include "ui/theme/metrics.h"
#include "ui/views/labels.h"
#include "ui/views/wrapped_text.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/pane.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

HeaderTable::HeaderTable(const Theme &theme, QWidget *parent)
    : QWidget(parent),
      m_theme(theme),
      m_label(new QLabel(this)),
      m_reveal(new IconButton(theme, Glyph::Eye, tr("Show secret values"), this)),
      m_copy(new IconButton(theme, Glyph::Copy, tr("Copy all headers"), this)),
      m_table(new QTableView(this)),
      m_none(new QLabel(tr("No headers"), this))
{
    build();
    connect(m_reveal, &QToolButton::clicked, this, [this] { setRevealed(!m_revealed); });
    connect(m_copy, &QToolButton::clicked, this, [this] { copyAll(); });
    connect(m_table, &QWidget::customContextMenuRequested, this, &HeaderTable::showMenu);
    m_fitLater.setSingleShot(true);
    connect(&m_fitLater, &QTimer::timeout, this, [this] { fit(); });
    m_table->installEventFilter(this);
    refresh();
}

void HeaderTable::build()
{
    makeSection(*m_label, m_theme);
    m_none->setProperty("kind", QStringLiteral("muted"));
    m_none->setContentsMargins(kPad, 0, kPad, kGap);
    m_table->setModel(&m_model);
    m_table->setItemDelegate(new WrappedTextDelegate(m_theme, m_table));
    m_table->horizontalHeader()->hide();
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setMinimumSectionSize(5 * kGrid);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setTabKeyNavigation(false);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);

    auto *top = new QHBoxLayout;
    top->setContentsMargins(kPad, kGrid, kGap, kGrid);
    top->setSpacing(kGrid);
    top->addWidget(m_label, 1);
    top->addWidget(m_reveal);
    top->addWidget(m_copy);
    auto *layout = paneColumn(this);
    layout->addLayout(top);
    layout->addWidget(m_none);
    layout->addWidget(m_table, 1);
}

void HeaderTable::setTitle(const QString &title)
{
    m_title = title;
    m_table->setAccessibleName(title);
    refresh();
}

void HeaderTable::setHeaders(const wire::HeaderList &headers)
{
    if (headers == m_headers)
        return;
    m_headers = headers;
    m_model.setHeaders(headers);
    setRevealed(false);
    m_fitLater.start();
}

void HeaderTable::setRevealed(bool revealed)
{
    m_revealed = revealed;
    m_model.setRevealed(revealed);
    refresh();
    m_fitLater.start();
}

void HeaderTable::refresh()
{
    const bool any = !m_headers.empty();
    m_label->setText(any ? tr("%1 (%2)").arg(m_title).arg(m_headers.size()) : m_title);
    m_none->setVisible(!any);
    m_table->setVisible(any);
    m_copy->setVisible(any);
    m_reveal->setVisible(m_model.hasSecrets());
    m_reveal->setGlyph(m_revealed ? Glyph::EyeOff : Glyph::Eye);
    m_reveal->setName(m_revealed ? tr("Hide secret values") : tr("Show secret values"));
}

void HeaderTable::fit()
{
    m_table->resizeColumnToContents(HeaderModel::Name);
    const int widest = m_table->viewport()->width() * 2 / 5;
    if (m_table->columnWidth(HeaderModel::Name) > widest)
        m_table->setColumnWidth(HeaderModel::Name, widest);
    for (int row = 0; row < m_model.rowCount(); ++row) // resizeRowsToContents() would make room for the hidden header
        m_table->setRowHeight(row, heightOf(row));
    Q_EMIT fitted();
}

int HeaderTable::heightOf(int row) const
{
    QStyleOptionViewItem option;
    option.widget = m_table;
    int height = 0;
    for (const auto column : {HeaderModel::Name, HeaderModel::Value})
        height = std::max(height, m_table->itemDelegate()->sizeHint(option, m_model.index(row, column)).height());
    return height;
}

int HeaderTable::contentHeight() const
{
    const int top = m_table->isHidden() ? m_none->sizeHint().height() : m_table->verticalHeader()->length();
    return top + m_copy->sizeHint().height() + 2 * kGrid + kGap;
}

void HeaderTable::copySelected() const
{
    QList<int> rows;
    const auto selected = m_table->selectionModel()->selectedRows();
    for (const auto &index : selected)
        rows.append(index.row());
    std::ranges::sort(rows);
    copyRows(rows);
}

void HeaderTable::copyAll() const
{
    QList<int> rows;
    for (int row = 0; row < m_model.rowCount(); ++row)
        rows.append(row);
    copyRows(rows);
}

void HeaderTable::copyRows(const QList<int> &rows) const
{
    QStringList lines;
    for (const int row : rows)
        lines << m_model.line(row);
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

void HeaderTable::showMenu(const QPoint &position)
{
    const auto index = m_table->indexAt(position);
    if (!index.isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(m_theme.icon(Glyph::Copy), tr("Copy value"), this, [this, row = index.row()] {
        if (row < m_model.rowCount())
            QGuiApplication::clipboard()->setText(m_model.value(row));
    });
    menu->addAction(tr("Copy name and value"), this, [this] { copySelected(); });
    menu->addAction(tr("Copy all headers"), this, [this] { copyAll(); });
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

bool HeaderTable::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        m_fitLater.start();
    if (event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent *>(event)->matches(QKeySequence::Copy)) { // NOLINT(*-static-cast-downcast)
        copySelected();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace ui
