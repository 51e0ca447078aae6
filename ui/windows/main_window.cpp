#include "ui/windows/main_window.h"

#include "ui/theme/metrics.h"
#include "ui/views/details_pane.h"
#include "ui/views/exchange_commands.h"
#include "ui/views/exchange_table.h"
#include "ui/views/har_commands.h"
#include "ui/views/requests_pane.h"
#include "ui/views/status_strip.h"
#include "ui/views/tunnel_commands.h"
#include "ui/views/tunnel_list.h"
#include "ui/views/tunnel_notice.h"
#include "ui/views/tunnel_strip.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/notice_stack.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/toast.h"
#include "ui/widgets/url_bar.h"
#include "ui/windows/expose_editor.h"
#include "ui/windows/expose_form.h"
#include "ui/windows/main_window_parts.h"
#include "ui/windows/main_window_places.h"
#include "ui/windows/shortcuts_sheet.h"

#include <QAction>
#include <QKeyEvent>
#include <QLabel>
#include <QLayout>
#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>

#include <algorithm>

namespace ui {

namespace {

constexpr QSize kLeastSize(720, 480);

// The first that will not come back by itself; null when there is none.
const workspace::TunnelInfo *failedOne(const QList<workspace::TunnelInfo> &tunnels)
{
    const auto failed = std::ranges::find_if(tunnels, &workspace::TunnelInfo::failed);
    return failed == tunnels.end() ? nullptr : &*failed;
}

} // namespace

MainWindow::MainWindow(workspace::Workspace &workspace, traffic::ExchangeStore &store, const Theme &theme,
                       settings::WindowState &state, QWidget *parent)
    : QMainWindow(parent),
      m_workspace(workspace),
      m_store(store),
      m_parts(std::make_unique<MainWindowParts>(*this, workspace, store, theme, state)),
      m_places(std::make_unique<MainWindowPlaces>(*this, *m_parts, workspace, state))
{
    setWindowTitle(tr("HTTP Tunnel"));
    setWindowIcon(applicationIcon());
    setMinimumSize(kLeastSize);
    m_parts->form->setShowsResult(false); // the middle does
    connectTunnels();
    connectRequests();
    connectWorkspace();
    addShortcuts();
    m_places->restore();
    for (const auto &notice : workspace.notices())
        showNotice(notice);
    adoptFilter({});
    adoptTunnel();
    showMiddle();
}

// The widgets go before the models they show, which are members.
MainWindow::~MainWindow()
{
    m_places->save();
    delete takeCentralWidget();
}

// --- Wiring ----------------------------------------------------------------------------------------------------------

void MainWindow::connectTunnels()
{
    auto &p = *m_parts;
    connect(p.exposeButton, &QPushButton::clicked, this, [this] { showExpose(); });
    connect(p.rail, &TunnelList::exposeRequested, this, [this] { showExpose(); });
    connect(p.rail, &TunnelList::chosenChanged, this, [this] {
        m_exposing = false;
        adoptTunnel();
        showMiddle();
    });
    connect(p.form, &ExposeForm::exposed, this, [this](const QString &id) {
        m_exposing = false;
        selectTunnel(id);
        showMiddle();
    });
    connect(p.form, &ExposeForm::cancelled, this, [this] {
        m_exposing = false;
        showMiddle();
    });
    auto *commands = p.tunnelCommands;
    connect(commands, &TunnelCommands::openUrlRequested, this, &MainWindow::openUrlRequested);
    connect(commands, &TunnelCommands::editRequested, this, [this](const QString &id) { edit(id, false); });
    connect(commands, &TunnelCommands::copied, this, [this](const QString &url) { tell(tr("Copied %1").arg(url)); });
    connect(commands, &TunnelCommands::failed, this,
            [this](const QString &sentence) { showNotice({QStringLiteral("tunnel-command"), sentence, true}); });
    connect(commands, &TunnelCommands::duplicated, this, [this](const QString &id) {
        selectTunnel(id);
        edit(id, true);
    });
    connect(commands, &TunnelCommands::removed, this, [this](const QString &name) {
        m_parts->toast->tell(tr("Removed %1").arg(name), tr("Undo"), [this] { m_workspace.undoRemove(); });
    });
    connect(p.tunnelNotice, &TunnelNotice::settingsRequested, this, &MainWindow::serverRequested);
    connect(p.tunnelNotice, &TunnelNotice::renameRequested, this, [this](const QString &id) { edit(id, true); });
    connect(p.editor, &ExposeEditor::finished, this, [this] {
        m_parts->side->setCurrentWidget(m_parts->details);
        refreshStatus();
    });
}

void MainWindow::connectRequests()
{
    auto &p = *m_parts;
    auto *table = p.list->table();
    connect(p.filter, &QLineEdit::textChanged, this, [this](const QString &text) { adoptFilter(text); });
    connect(p.filter, &SearchField::left, table, [table] { table->setFocus(); });
    connect(p.filter, &SearchField::downPressed, table, [table] { table->setFocus(); });
    connect(p.list, &RequestsPane::clearFilterRequested, p.filter, &QLineEdit::clear);
    connect(table, &ExchangeTable::selected, this, [this](quint64 key) {
        m_parts->details->showExchange(key);
        if (!m_parts->editor->isChanged())
            m_parts->side->setCurrentWidget(m_parts->details);
    });
    connect(table, &ExchangeTable::opened, p.details, [this] { m_parts->details->focusTabs(); });
    connect(table, &ExchangeTable::filterRequested, this, [this](const QString &term) {
        m_parts->filter->setText((m_parts->filter->text() + u' ' + term).trimmed());
    });
    connect(p.details, &DetailsPane::closeRequested, table, [table] { table->clearChoice(); });
    const auto connectActions = [this](auto *from) {
        using From = std::remove_pointer_t<decltype(from)>;
        connect(from, &From::copyUrlRequested, m_parts->exchangeCommands, &ExchangeCommands::copyUrl);
        connect(from, &From::copyCurlRequested, m_parts->exchangeCommands, &ExchangeCommands::copyCurl);
        connect(from, &From::replayRequested, this, &MainWindow::replayRequested);
    };
    connectActions(table);
    connect(table, &ExchangeTable::exportRequested, p.harCommands, &HarCommands::exportRequests);
    connectActions(p.details);
    connect(p.exchangeCommands, &ExchangeCommands::told, this, &MainWindow::tell);
    connect(p.harCommands, &HarCommands::told, this, &MainWindow::tell);
    connect(p.harCommands, &HarCommands::noticed, this,
            [this](const QString &text, bool error) { showNotice({QStringLiteral("har"), text, error}); });
    connect(p.harCommands, &HarCommands::imported, this, &MainWindow::showImported);
    connect(p.importButton, &QToolButton::clicked, p.harCommands, &HarCommands::importFile);
    connect(p.exportButton, &QToolButton::clicked, p.harCommands,
            [this] { m_parts->harCommands->exportRequests(m_parts->list->shownKeys()); });
    connect(p.clearButton, &QToolButton::clicked, this, [this] { clearRequests(); });
    connect(p.keysButton, &QToolButton::clicked, p.shortcuts, &ShortcutsSheet::open);
    connect(p.settingsButton, &QToolButton::clicked, this, &MainWindow::settingsRequested);
    connect(table, &ExchangeTable::followingChanged, p.status, &StatusStrip::setFollowing);
    connect(p.status, &StatusStrip::followRequested, table, &ExchangeTable::setFollowing);
    p.status->setFollowing(table->isFollowing());
}

void MainWindow::connectWorkspace()
{
    using workspace::Workspace;
    connect(&m_workspace, &Workspace::opened, this, [this] { m_places->chooseTunnel(); });
    const auto later = [this] {
        if (!m_parts->statusLater.isActive()) // started anew, it would never end under load
            m_parts->statusLater.start();
    };
    connect(&m_workspace, &Workspace::changed, this, [this, later](qsizetype row) {
        const QString chosen = m_parts->rail->chosen();
        if (chosen.isEmpty() || m_workspace.tunnels().at(row).id == chosen)
            adoptTunnel();
        later();
    });
    connect(&m_workspace, &Workspace::inserted, this, [this] { showMiddle(); });
    connect(&m_workspace, &Workspace::removed, this, [this] {
        adoptTunnel();
        showMiddle();
    });
    connect(&m_workspace, &Workspace::noticed, this, &MainWindow::showNotice);
    connect(m_parts->notices, &NoticeStack::dismissed, &m_workspace, &Workspace::dismiss);
    connect(&m_store, &traffic::ExchangeStore::appended, this, later);
    connect(&m_store, &traffic::ExchangeStore::changed, this, later);
    connect(&m_store, &traffic::ExchangeStore::reset, this, later);
    connect(&m_parts->statusLater, &QTimer::timeout, this, [this] { refreshStatus(); });
    connect(&m_parts->theme, &Theme::changed, this, [this] {
        const auto &theme = m_parts->theme;
        m_parts->exposeButton->setIcon(theme.icon(Glyph::Add, theme.colors().onAccent));
        refreshStatus();
    });
}

void MainWindow::addShortcut(const QKeySequence &keys, const std::function<void()> &act)
{
    auto *action = new QAction(this);
    action->setShortcut(keys);
    connect(action, &QAction::triggered, this, act);
    addAction(action);
}

// Letters and signs reach a text field before they come here.
void MainWindow::addShortcuts()
{
    const auto toFilter = [this] {
        m_parts->filter->setFocus(Qt::ShortcutFocusReason);
        m_parts->filter->selectAll();
    };
    addShortcut(QKeySequence::Find, toFilter);
    addShortcut(Qt::Key_Slash, toFilter);
    addShortcut(Qt::CTRL | Qt::Key_R, [this] { replay(false); });
    addShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_R, [this] { replay(true); });
    addShortcut(QKeySequence::New, [this] { showExpose(); });
    addShortcut(Qt::CTRL | Qt::Key_L, [this] { clearRequests(); });
    addShortcut(QKeySequence::Open, [this] { m_parts->importButton->click(); });
    addShortcut(QKeySequence::Save, [this] { m_parts->exportButton->click(); });
    addShortcut(Qt::Key_Question, [this] { m_parts->shortcuts->open(); });
    addShortcut(Qt::CTRL | Qt::Key_Comma, [this] { Q_EMIT settingsRequested(); });
    addShortcut(Qt::CTRL | Qt::Key_Q, [this] { Q_EMIT quitRequested(); });
}

// --- What is shown -----------------------------------------------------------------------------------------------------

void MainWindow::showExpose(quint16 port)
{
    m_exposing = true;
    m_parts->form->begin(port);
    showMiddle();
}

void MainWindow::selectTunnel(const QString &id)
{
    m_parts->rail->choose(id);
}

void MainWindow::selectExchange(quint64 key)
{
    m_parts->list->table()->select(key);
    m_parts->details->showExchange(key);
    m_parts->side->setCurrentWidget(m_parts->details);
}

void MainWindow::tell(const QString &sentence)
{
    m_parts->toast->tell(sentence);
}

void MainWindow::showMiddle()
{
    auto &p = *m_parts;
    const bool anything = !m_workspace.tunnels().isEmpty() || m_store.count() > 0;
    const bool form = m_exposing || !anything;
    p.form->setCancellable(anything);
    p.middle->setCurrentWidget(form ? static_cast<QWidget *>(p.form) : p.work);
    p.rail->setVisible(anything);
    p.exposeButton->setVisible(anything);
    p.filter->setVisible(anything);
    p.clearButton->setVisible(anything);
    p.exportButton->setVisible(anything);
    p.status->setVisible(anything);
    refreshStatus();
}

void MainWindow::adoptTunnel()
{
    auto &p = *m_parts;
    const auto *tunnel = m_workspace.find(p.rail->chosen());
    p.shown.setTunnel(tunnel ? tunnel->id : QString());
    p.strip->setVisible(tunnel != nullptr);
    if (tunnel)
        p.strip->setTunnel(*tunnel);
    // With all of them shown, that of one which failed is not to be missed.
    p.tunnelNotice->setTunnel(tunnel ? tunnel : failedOne(m_workspace.tunnels()), tunnel == nullptr);
    p.list->setTunnel(tunnel);
    refreshStatus();
}

void MainWindow::adoptFilter(const QString &text)
{
    const ExchangeQuery query(text);
    m_parts->filter->setFault(query.fault());
    if (query.fault().isEmpty())
        m_parts->filter->setToolTip(tr("Words, method:POST, status:4xx, path:/hooks/*, tunnel:shop, is:error; a - in "
                                       "front excludes (Ctrl+F)"));
    m_parts->filterFault->setText(query.fault());
    m_parts->filterFault->setVisible(!query.fault().isEmpty());
    m_parts->shown.setQuery(query);
    refreshStatus();
}

void MainWindow::edit(const QString &id, bool rename)
{
    m_exposing = false;
    selectTunnel(id);
    showMiddle();
    m_parts->side->setCurrentWidget(m_parts->editor);
    refreshStatus();
    m_parts->editor->edit(id, rename);
}

void MainWindow::clearRequests()
{
    const auto count = m_store.count();
    if (count == 0)
        return;
    m_store.clear();
    const QString text =
        count == 1 ? tr("Cleared 1 request") : tr("Cleared %1 requests").arg(QLocale().toString(count));
    m_parts->toast->tell(text, tr("Undo"), [this] { m_store.undoClear(); });
}

// Whatever was chosen before would hide them.
void MainWindow::showImported()
{
    m_exposing = false;
    m_parts->filter->clear();
    selectTunnel({});
    showMiddle();
    m_parts->list->table()->setFollowing(true);
}

void MainWindow::replay(bool edit)
{
    const auto key = m_parts->details->key();
    if (m_store.find(key))
        Q_EMIT replayRequested(key, edit);
}

void MainWindow::refreshStatus()
{
    auto &p = *m_parts;
    const bool any = m_store.count() > 0;
    p.clearButton->setEnabled(any);
    p.exportButton->setEnabled(p.shown.rowCount() > 0);
    p.sidePane->setVisible(any || p.side->currentWidget() == p.editor);
    p.status->setCounts(p.shown.rowCount(), int(m_store.count()), any ? m_store.bodyBytes() : 0);
    const auto &colors = p.theme.colors();
    const auto *tunnel = m_workspace.find(p.rail->chosen());
    if (tunnel && !tunnel->onEmbeddedRelay())
        return p.status->setServer(badgeOf(tunnel->status, colors), tunnel->entry.server.authority());
    const auto port = m_workspace.relay().port();
    client::TunnelStatus relay;
    relay.phase = port == 0 ? client::Phase::Stopped : client::Phase::Online;
    p.status->setServer(badgeOf(relay, colors),
                        port == 0 ? tr("Built-in relay not started") : tr("Built-in relay on port %1").arg(port));
}

void MainWindow::showNotice(const workspace::Notice &notice)
{
    if (notice.text.isEmpty())
        return m_parts->notices->remove(notice.key);
    const auto kind = notice.error ? NoticeBar::Kind::Error : NoticeBar::Kind::Info;
    NoticeBar *bar = m_parts->notices->tell(notice.key, kind, notice.text);
    bar->clearButtons();
    if (!notice.server.isEmpty())
        connect(bar->addButton(tr("Open settings")), &QPushButton::clicked, this,
                [this, server = notice.server] { Q_EMIT serverRequested(server); });
}

// --- Keys and places -----------------------------------------------------------------------------------------------------

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_parts->middle->currentWidget() == m_parts->work)
        m_parts->list->table()->clearChoice();
    else
        QMainWindow::keyPressEvent(event);
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    m_places->arrange();
}

// Where the keyboard begins: Qt would take the first button.
void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    m_parts->fitToolbar();
    if (m_parts->middle->currentWidget() == m_parts->form)
        m_parts->form->focusFirst();
    else if (!focusWidget() || focusWidget() == m_parts->exposeButton)
        m_parts->list->focusFirst(*m_parts->strip->urlBar()->copyButton());
}

void MainWindow::hideEvent(QHideEvent *event)
{
    QMainWindow::hideEvent(event);
    m_places->save();
}

} // namespace ui
