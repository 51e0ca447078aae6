#include "ui/windows/main_window_parts.h"

#include "ui/theme/metrics.h"
#include "ui/views/details_pane.h"
#include "ui/views/exchange_commands.h"
#include "ui/views/har_commands.h"
#include "ui/views/requests_pane.h"
#include "ui/views/status_strip.h"
#include "ui/views/tunnel_commands.h"
#include "ui/views/tunnel_list.h"
#include "ui/views/tunnel_notice.h"
#include "ui/views/tunnel_strip.h"
#include "ui/views/visitor_bar.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/notice_stack.h"
#include "ui/widgets/pane.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/toast.h"
#include "ui/windows/expose_editor.h"
#include "ui/windows/expose_form.h"
#include "ui/windows/shortcuts_sheet.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMainWindow>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace ui {

namespace {

constexpr std::chrono::milliseconds kStatusDelay{100}; // counts change twenty times a second
constexpr int kRailWidth = 58 * kGrid;
constexpr int kLeastRail = 44 * kGrid;
constexpr int kLeastList = 90 * kGrid;
constexpr int kLeastDetails = 92 * kGrid; // tabs and buttons in one line
constexpr int kFilterWidth = 120 * kGrid;

} // namespace

MainWindowParts::MainWindowParts(QMainWindow &window, workspace::Workspace &workspace, traffic::ExchangeStore &store,
                                 const Theme &palette, settings::WindowState &state)
    : theme(palette),
      tunnels(workspace),
      requests(store),
      shown(requests),
      tunnelCommands(new TunnelCommands(workspace, palette, &window)),
      exchangeCommands(new ExchangeCommands(workspace, store, &window)),
      harCommands(new HarCommands(
          store, [this](const traffic::Exchange &exchange) { return exchangeCommands->urlOf(exchange); }, &window)),
      toolbar(new QWidget),
      exposeButton(new QPushButton(tr("Expose port…"))),
      filter(new SearchField(palette, tr("Filter requests"))),
      importButton(new IconButton(palette, Glyph::Upload, tr("Import a HAR file…"))),
      exportButton(new IconButton(palette, Glyph::Download, tr("Export the shown requests as HAR…"))),
      clearButton(new IconButton(palette, Glyph::Trash, tr("Clear the list"))),
      keysButton(new IconButton(palette, Glyph::Keyboard, tr("Keyboard shortcuts"))),
      settingsButton(new IconButton(palette, Glyph::Settings, tr("Settings"))),
      notices(new NoticeStack(palette)),
      visitors(new VisitorBar(palette, workspace)),
      columns(new QSplitter(Qt::Horizontal)),
      rail(new TunnelList(palette, tunnels, *tunnelCommands)),
      middle(new QStackedWidget),
      form(new ExposeForm(palette, workspace,
                          [this](const QUrl &url) { Q_EMIT tunnelCommands->openUrlRequested(url); })),
      work(new QSplitter(Qt::Horizontal)),
      strip(new TunnelStrip(palette, *tunnelCommands)),
      tunnelNotice(new TunnelNotice(palette, *tunnelCommands)),
      filterFault(new QLabel),
      list(new RequestsPane(palette, requests, shown, *tunnelCommands, state)),
      sidePane(new QFrame),
      side(new QStackedWidget),
      details(new DetailsPane(palette, store, state,
                              [this](const traffic::Exchange &exchange) { return exchangeCommands->urlOf(exchange); })),
      editor(new ExposeEditor(palette, workspace)),
      status(new StatusStrip(palette)),
      toast(nullptr),
      shortcuts(nullptr)
{
    arrange(window);
    toast = new Toast(palette, window.centralWidget());
    shortcuts = new ShortcutsSheet(palette, &window);
    statusLater.setSingleShot(true);
    statusLater.setInterval(kStatusDelay);
}

QWidget *MainWindowParts::buildToolbar()
{
    auto *bar = toolbar;
    bar->setProperty("kind", QStringLiteral("bar"));
    bar->setAttribute(Qt::WA_StyledBackground);
    bar->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    exposeButton->setProperty("kind", QStringLiteral("primary"));
    exposeButton->setIcon(theme.icon(Glyph::Add, theme.colors().onAccent));
    exposeButton->setToolTip(tr("Give a local port a public address (Ctrl+N)"));
    filter->setAccessibleName(tr("Filter requests"));
    filter->setMaximumWidth(kFilterWidth);
    importButton->setKeys(QKeySequence::Open);
    exportButton->setKeys(QKeySequence::Save);
    clearButton->setKeys(Qt::CTRL | Qt::Key_L);
    keysButton->setKeys(Qt::Key_Question);
    settingsButton->setKeys(Qt::CTRL | Qt::Key_Comma);
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(kPad, kGap, kGap, kGap);
    layout->setSpacing(kGap);
    layout->addWidget(exposeButton);
    layout->addSpacing(kGrid);
    layout->addWidget(filter, 1);
    layout->addStretch();
    for (auto *button : {importButton, exportButton, clearButton, keysButton, settingsButton})
        layout->addWidget(button);
    return bar;
}

void MainWindowParts::fitToolbar()
{
    const int row = std::max(exposeButton->sizeHint().height(), filter->sizeHint().height());
    toolbar->setMinimumHeight(row + 2 * kGap);
}

QWidget *MainWindowParts::buildRequests()
{
    auto *page = new QFrame;
    page->setProperty("kind", QStringLiteral("pane"));
    page->setMinimumWidth(kLeastList);
    auto *notice = new QWidget; // whose margins go when the notice does
    auto *noticeLayout = new QVBoxLayout(notice);
    noticeLayout->setContentsMargins(kPad, 0, kPad, kPad);
    noticeLayout->addWidget(tunnelNotice);
    notice->hide();
    QObject::connect(tunnelNotice, &TunnelNotice::shown, notice, [this, notice](bool visible) {
        notice->layout()->setContentsMargins(kPad, strip->isHidden() ? kPad : 0, kPad, kPad); // the strip has its own
        notice->setVisible(visible);
    });
    filterFault->setProperty("kind", QStringLiteral("warning"));
    filterFault->setFont(theme.small());
    filterFault->setWordWrap(true);
    filterFault->setContentsMargins(kPad, kGrid, kPad, kGrid);
    filterFault->hide();
    auto *layout = paneColumn(page);
    layout->addWidget(strip);
    layout->addWidget(notice);
    layout->addWidget(paneLine(Qt::Horizontal));
    layout->addWidget(filterFault);
    layout->addWidget(list, 1);
    return page;
}

void MainWindowParts::arrange(QMainWindow &window)
{
    rail->setMinimumWidth(kLeastRail);
    sidePane->setProperty("kind", QStringLiteral("pane"));
    paneColumn(sidePane)->addWidget(side);
    side->addWidget(details);
    side->addWidget(editor);
    side->setMinimumWidth(kLeastDetails);
    work->addWidget(buildRequests());
    work->addWidget(sidePane);
    work->setStretchFactor(0, 3);
    work->setStretchFactor(1, 2);
    middle->addWidget(form);
    middle->addWidget(work);
    columns->addWidget(rail);
    columns->addWidget(middle);
    columns->setStretchFactor(1, 1);
    const int railWidth = kRailWidth * std::max(window.fontMetrics().height(), kIconSize) / kIconSize;
    columns->setSizes({railWidth, 5 * railWidth});
    work->setSizes({9 * railWidth, 5 * railWidth});
    for (auto *splitter : {columns, work}) {
        splitter->setChildrenCollapsible(false);
        splitter->setHandleWidth(1);
    }
    auto *page = new QWidget;
    auto *layout = paneColumn(page);
    layout->addWidget(buildToolbar());
    layout->addWidget(notices);
    layout->addWidget(visitors);
    layout->addWidget(columns, 1);
    layout->addWidget(paneLine(Qt::Horizontal));
    layout->addWidget(status);
    window.setCentralWidget(page);
}

void MainWindowParts::setDetailsBelow(bool below)
{
    const auto orientation = below ? Qt::Vertical : Qt::Horizontal;
    if (work->orientation() == orientation)
        return;
    work->setOrientation(orientation);
    work->setSizes({3 * kLeastList, 2 * kLeastList});
}

} // namespace ui
