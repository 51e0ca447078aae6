#include "ui/views/exchange_table.h"

#include "ui/models/roles.h"
#include "ui/theme/metrics.h"
#include "ui/views/exchange_columns.h"
#include "ui/views/exchange_delegate.h"
#include "ui/views/exchange_menu.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>

namespace ui {

ExchangeTable::ExchangeTable(const Theme &theme, ExchangeFilterModel &model, settings::WindowState &state,
                             QWidget *parent)
    : QTableView(parent), m_theme(theme), m_model(model), m_delegate(new ExchangeDelegate(theme, this))
{
    setModel(&model);
    build();
    m_columns = new ExchangeColumns(*horizontalHeader(), state);
    watchModel();
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this] { noteScroll(); });
    connect(this, &QTableView::doubleClicked, this, [this] { Q_EMIT opened(m_selected); });
    connect(&theme, &Theme::changed, viewport(), [this] { viewport()->update(); });
}

void ExchangeTable::build()
{
    setItemDelegate(m_delegate);
    setAccessibleName(tr("Requests"));
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setShowGrid(false);
    setWordWrap(false);
    setFrameShape(QFrame::NoFrame);
    setStyleSheet(QStringLiteral("ui--ExchangeTable { border: none; }")); // it fills its pane; see paintEvent()
    setTabKeyNavigation(false);
    setMouseTracking(true);
    setCornerButtonEnabled(false);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    adoptRowHeight();
    auto *header = horizontalHeader();
    header->setSortIndicatorClearable(true);
    header->setSortIndicator(-1, Qt::AscendingOrder);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    setSortingEnabled(true);
    connect(header, &QWidget::customContextMenuRequested, this, [this, header](const QPoint &position) {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        m_columns->fillMenu(*menu);
        menu->popup(header->mapToGlobal(position));
    });
}

void ExchangeTable::watchModel()
{
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, [this] {
        if (m_removedAbove == 0)
            return;
        const QScopedValueRollback adjusting(m_adjusting, true);
        auto *bar = verticalScrollBar();
        bar->setValue(bar->value() - std::exchange(m_removedAbove, 0) * verticalHeader()->defaultSectionSize());
    });
    connect(&m_model, &QAbstractItemModel::layoutChanged, this, [this] { reselect(); });
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this] { reselect(); });
}

void ExchangeTable::adoptRowHeight()
{
    const int height = std::max(kRowHeight, fontMetrics().height() + 2 * kGrid);
    verticalHeader()->setDefaultSectionSize(height);
    horizontalHeader()->setFixedHeight(std::max(kControlHeight, fontMetrics().height() + 2 * kGrid));
}

// --- Selection -------------------------------------------------------------------------------------------------------

void ExchangeTable::select(quint64 key)
{
    m_selected = key;
    reselect();
}

void ExchangeTable::clearChoice()
{
    m_selected = 0;
    clearSelection();
    selectionModel()->setCurrentIndex({}, QItemSelectionModel::NoUpdate);
    Q_EMIT selected(0);
}

void ExchangeTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    const auto key = current.data(KeyRole).toULongLong();
    if (!current.isValid() || key == m_selected || m_entering)
        return;
    m_selected = key;
    Q_EMIT selected(key);
}

// The chosen request is shown as chosen again when it comes back into the list.
void ExchangeTable::reselect()
{
    const int row = m_selected == 0 ? -1 : m_model.rowOf(m_selected);
    if (row >= 0 && (currentIndex().row() != row || !selectionModel()->isRowSelected(row, {})))
        selectionModel()->setCurrentIndex(m_model.index(row, int(ExchangeColumn::Path)),
                                          QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

// Qt would choose the neighbour of a row that goes; here nothing is chosen but by the user.
void ExchangeTable::rowsAboutToBeRemoved(const QModelIndex &parent, int first, int last)
{
    const int current = currentIndex().row();
    if (current >= first && current <= last) {
        clearSelection();
        selectionModel()->setCurrentIndex({}, QItemSelectionModel::NoUpdate);
    }
    m_removedAbove = 0;
    if (m_model.inOrderOfArrival() && !m_following) { // a sorted list moves anyway, and rowAt() lays everything out
        const int top = rowAt(0);
        m_removedAbove = top <= first ? 0 : std::min(top, last + 1) - first;
    }
    QTableView::rowsAboutToBeRemoved(parent, first, last);
}

// Where the keyboard is: a bar at the current row (by the delegate), else a frame.
void ExchangeTable::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (!hasFocus() || currentIndex().isValid())
        return;
    QPainter painter(viewport());
    painter.setPen(m_theme.colors().accent);
    painter.drawRect(viewport()->rect().adjusted(0, 0, -1, -1));
}

// --- Scrolling -------------------------------------------------------------------------------------------------------

void ExchangeTable::updateGeometries()
{
    const QScopedValueRollback adjusting(m_adjusting, true);
    QTableView::updateGeometries();
    if (follows())
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void ExchangeTable::noteScroll()
{
    if (m_adjusting)
        return;
    const auto *bar = verticalScrollBar();
    const bool atEnd = bar->value() >= bar->maximum() - verticalHeader()->defaultSectionSize() / 2;
    if (atEnd == m_following)
        return;
    m_following = atEnd;
    Q_EMIT followingChanged(atEnd);
}

void ExchangeTable::setFollowing(bool following)
{
    if (following) {
        horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
        const QScopedValueRollback adjusting(m_adjusting, true);
        scrollToBottom();
    }
    if (following == m_following)
        return;
    m_following = following;
    Q_EMIT followingChanged(following);
}

void ExchangeTable::resizeEvent(QResizeEvent *event)
{
    m_columns->fit(viewport()->width());
    QTableView::resizeEvent(event);
}

void ExchangeTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        adoptRowHeight();
}

// --- Keys and mouse --------------------------------------------------------------------------------------------------

void ExchangeTable::moveBy(int rows)
{
    const int last = m_model.rowCount() - 1;
    if (last < 0)
        return;
    const int from = currentIndex().isValid() ? currentIndex().row() : (rows > 0 ? -1 : last + 1);
    setCurrentIndex(m_model.index(std::clamp(from + rows, 0, last), int(ExchangeColumn::Path)));
}

void ExchangeTable::keyPressEvent(QKeyEvent *event)
{
    const bool plain = (event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) == Qt::NoModifier;
    if (!plain)
        return QTableView::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_J:
    case Qt::Key_Down: return moveBy(1);
    case Qt::Key_K:
    case Qt::Key_Up: return moveBy(-1);
    case Qt::Key_Home: return moveBy(-m_model.rowCount());
    case Qt::Key_End: return moveBy(m_model.rowCount());
    case Qt::Key_Escape: return clearChoice();
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_selected != 0)
            Q_EMIT opened(m_selected);
        return;
    case Qt::Key_Left:
    case Qt::Key_Right: return event->ignore(); // rows are whole here
    default: QTableView::keyPressEvent(event);
    }
}

void ExchangeTable::mouseMoveEvent(QMouseEvent *event)
{
    QTableView::mouseMoveEvent(event);
    hover(rowAt(int(event->position().y())));
}

void ExchangeTable::leaveEvent(QEvent *event)
{
    QTableView::leaveEvent(event);
    hover(-1);
}

// Qt would make the first row the current one; here nothing is chosen but by the user.
void ExchangeTable::focusInEvent(QFocusEvent *event)
{
    const QScopedValueRollback entering(m_entering, true);
    const bool chosen = currentIndex().isValid();
    QTableView::focusInEvent(event);
    viewport()->update();
    if (!chosen)
        selectionModel()->setCurrentIndex({}, QItemSelectionModel::NoUpdate);
}

void ExchangeTable::focusOutEvent(QFocusEvent *event)
{
    QTableView::focusOutEvent(event);
    viewport()->update();
}

void ExchangeTable::hover(int row)
{
    if (row == m_hovered)
        return;
    m_hovered = row;
    m_delegate->setHoveredRow(row);
    viewport()->update();
}

void ExchangeTable::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const int row = byKey ? currentIndex().row() : rowAt(event->pos().y());
    if (row < 0)
        return;
    const QPoint below(kSection, rowViewportPosition(row) + rowHeight(row));
    showMenu(row, byKey ? viewport()->mapToGlobal(below) : event->globalPos());
}

void ExchangeTable::showMenu(int row, const QPoint &globalPosition)
{
    auto *menu = new ExchangeMenu(m_theme, m_model.summary(row), this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu, &ExchangeMenu::copyUrlRequested, this, &ExchangeTable::copyUrlRequested);
    connect(menu, &ExchangeMenu::copyCurlRequested, this, &ExchangeTable::copyCurlRequested);
    connect(menu, &ExchangeMenu::exportRequested, this, &ExchangeTable::exportRequested);
    connect(menu, &ExchangeMenu::replayRequested, this, &ExchangeTable::replayRequested);
    connect(menu, &ExchangeMenu::filterRequested, this, &ExchangeTable::filterRequested);
    menu->popup(globalPosition);
}

} // namespace ui
