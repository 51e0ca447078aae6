#include "ui/views/tunnel_list.h"

#include "ui/models/roles.h"
#include "ui/theme/metrics.h"
#include "ui/views/labels.h"
#include "ui/views/tunnel_commands.h"
#include "ui/views/tunnel_delegate.h"
#include "ui/widgets/icon_button.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QMouseEvent>
#include <QVBoxLayout>

namespace ui {

TunnelList::TunnelList(const Theme &theme, TunnelModel &model, TunnelCommands &commands, QWidget *parent)
    : QWidget(parent),
      m_theme(theme),
      m_model(model),
      m_commands(commands),
      m_all(new QToolButton(this)),
      m_list(new QListView(this)),
      m_add(new IconButton(theme, Glyph::Add, tr("Expose a port"), this))
{
    watchModel(); // before the list does
    build();
    connect(m_add, &QToolButton::clicked, this, &TunnelList::exposeRequested);
    connect(m_all, &QToolButton::clicked, this, [this] { setChosen({}); });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &current) {
        if (current.isValid() && !m_removing)
            setChosen(current.data(IdRole).toString());
    });
    connect(m_list, &QWidget::customContextMenuRequested, this, [this](const QPoint &position) {
        const auto index = m_list->indexAt(position);
        showMenu(index.isValid() ? index : m_list->currentIndex(), m_list->viewport()->mapToGlobal(position));
    });
    connect(&theme, &Theme::changed, this, [this] { refreshAll(); });
    refreshAll();
    adoptChosen();
}

void TunnelList::build()
{
    auto *title = new QLabel(tr("Tunnels"), this);
    makeSection(*title, m_theme);
    m_add->setKeys(QKeySequence(QKeySequence::New));
    m_all->setCheckable(true);
    m_all->setAutoRaise(true);
    m_all->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_all->setIconSize({kIconSize, kIconSize});
    m_all->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new TunnelDelegate(m_theme, m_list));
    m_list->setAccessibleName(tr("Tunnels"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setStyleSheet(QStringLiteral("QListView { background: transparent; }")); // the window's, as above it
    m_list->setUniformItemSizes(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setMouseTracking(true);
    m_list->installEventFilter(this);
    m_list->viewport()->installEventFilter(this);

    auto *top = new QHBoxLayout;
    top->setContentsMargins(kPad, kGap, kGap, kGrid);
    top->addWidget(title, 1);
    top->addWidget(m_add);
    auto *all = new QHBoxLayout;
    all->setContentsMargins(kGrid, 0, kGrid, kGrid / 2);
    all->addWidget(m_all);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, kGrid);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addLayout(all);
    layout->addWidget(m_list, 1);
}

void TunnelList::watchModel()
{
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, [this] { refreshAll(); });
    connect(&m_model, &QAbstractItemModel::rowsAboutToBeRemoved, this, [this] { m_removing = true; });
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, [this] {
        m_removing = false;
        refreshAll();
        if (m_model.rowOf(m_chosen) < 0)
            setChosen({});
    });
}

void TunnelList::refreshAll()
{
    const int count = m_model.rowCount();
    m_all->setIcon(m_theme.icon(Glyph::Tunnel));
    m_all->setText(tr(" All tunnels (%1)").arg(count));
    m_all->setVisible(count > 1);
}

void TunnelList::choose(const QString &id)
{
    setChosen(m_model.rowOf(id) < 0 ? QString() : id);
}

void TunnelList::setChosen(const QString &id)
{
    const bool changed = id != m_chosen;
    m_chosen = id;
    adoptChosen();
    if (changed)
        Q_EMIT chosenChanged(id);
}

void TunnelList::adoptChosen()
{
    m_all->setChecked(m_chosen.isEmpty());
    const int row = m_model.rowOf(m_chosen);
    if (row < 0) {
        m_list->clearSelection();
        m_list->selectionModel()->setCurrentIndex({}, QItemSelectionModel::NoUpdate);
    } else if (m_list->currentIndex().row() != row) {
        m_list->setCurrentIndex(m_model.index(row));
    }
}

void TunnelList::showMenu(const QModelIndex &index, const QPoint &globalPosition)
{
    if (!index.isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_commands.fillMenu(*menu, index.data(IdRole).toString());
    menu->popup(globalPosition);
}

bool TunnelList::press(const QPoint &position)
{
    const auto index = m_list->indexAt(position);
    if (!index.isValid())
        return false;
    const QRect more = TunnelDelegate::moreRect(m_list->visualRect(index));
    if (!more.contains(position))
        return false;
    showMenu(index, m_list->viewport()->mapToGlobal(more.bottomLeft()));
    return true;
}

bool TunnelList::key(int key)
{
    const auto id = m_list->currentIndex().data(IdRole).toString();
    if (id.isEmpty())
        return false;
    if (key == Qt::Key_Delete)
        m_commands.remove(id);
    else if (key == Qt::Key_F2)
        m_commands.edit(id);
    else
        return false;
    return true;
}

bool TunnelList::eventFilter(QObject *watched, QEvent *event)
{
    // NOLINTBEGIN(*-static-cast-downcast): the type of the event says which it is
    if (watched == m_list->viewport() && event->type() == QEvent::MouseButtonPress) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        if (mouse->button() == Qt::LeftButton && press(mouse->position().toPoint()))
            return true;
    }
    if (watched == m_list && event->type() == QEvent::KeyPress && key(static_cast<QKeyEvent *>(event)->key()))
        return true;
    // NOLINTEND(*-static-cast-downcast)
    return QWidget::eventFilter(watched, event);
}

} // namespace ui
