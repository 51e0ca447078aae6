#include "ui/windows/settings_window.h"

#include "ui/theme/metrics.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/pane.h"
#include "ui/widgets/toast.h"
#include "ui/windows/settings_about.h"
#include "ui/windows/settings_general.h"
#include "ui/windows/settings_pages.h"
#include "ui/windows/settings_servers.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QScrollArea>
#include <QStackedWidget>
#include <QSystemTrayIcon>
#include <QTimer>
#include <QVBoxLayout>

#include <utility>

namespace ui {

namespace {

constexpr QSize kWindowSize(760, 620);

} // namespace

SettingsWindow::SettingsWindow(workspace::Workspace &workspace, const Theme &theme, QWidget *parent)
    : SettingsWindow(workspace, theme, &QSystemTrayIcon::isSystemTrayAvailable, parent)
{
}

SettingsWindow::SettingsWindow(workspace::Workspace &workspace, const Theme &theme, std::function<bool()> trayAvailable,
                               QWidget *parent)
    : QWidget(parent, Qt::Window),
      m_pages(new PageList(theme, this)),
      m_stack(new QStackedWidget(this)),
      m_notice(new NoticeBar(theme, this)),
      m_servers(new ServersPage(workspace, theme)),
      m_general(new GeneralPage(workspace, theme, std::move(trayAvailable))),
      m_about(new AboutPage(workspace.paths(), theme)),
      m_toast(new Toast(theme, this))
{
    setWindowTitle(tr("Settings — HTTP Tunnel"));
    build();
    connect(m_pages, &PageList::currentRowChanged, m_stack, &QStackedWidget::setCurrentIndex);
    connect(m_servers, &ServersPage::failed, this, &SettingsWindow::tellFailure);
    connect(m_general, &GeneralPage::failed, this, &SettingsWindow::tellFailure);
    connect(m_about, &AboutPage::openUrlRequested, this, &SettingsWindow::openUrlRequested);
    connect(m_servers, &ServersPage::cardShown, this, &SettingsWindow::scrollTo);
    connect(m_servers, &ServersPage::removed, this, [this](const QString &title) {
        m_toast->tell(tr("Removed %1 and its token").arg(title), tr("Undo"), [this] { m_servers->undoRemove(); });
    });
    m_pages->setCurrentRow(0);
}

void SettingsWindow::build()
{
    setProperty("kind", QStringLiteral("page"));
    addPage(m_servers, Glyph::Server, tr("Servers"));
    addPage(m_general, Glyph::Settings, tr("General"));
    addPage(m_about, Glyph::Info, tr("About"));
    auto *right = new QVBoxLayout;
    right->setSpacing(0);
    right->addWidget(m_notice);
    right->addWidget(m_stack, 1);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_pages);
    row->addWidget(paneLine(Qt::Vertical, this));
    row->addLayout(right, 1);
    resize(kWindowSize);
}

void SettingsWindow::addPage(QWidget *page, Glyph glyph, const QString &name)
{
    auto *area = scrolled(page, m_stack);
    area->setFocusPolicy(Qt::NoFocus);
    m_stack->addWidget(area);
    m_pages->addPage(glyph, name);
}

void SettingsWindow::showPage(Page page)
{
    m_pages->setCurrentRow(std::to_underlying(page));
    show();
    raise();
    activateWindow();
}

void SettingsWindow::showServer(const QUrl &server)
{
    showPage(Page::Servers);
    m_servers->showServer(server);
}

void SettingsWindow::tellFailure(const QString &sentence)
{
    m_notice->tell(NoticeBar::Kind::Error, sentence);
}

// Once the page has its new layout.
void SettingsWindow::scrollTo(QWidget *part)
{
    auto *area = qobject_cast<QScrollArea *>(m_stack->widget(std::to_underlying(Page::Servers)));
    QTimer::singleShot(0, part, [area, part] { area->ensureWidgetVisible(part, kSection, kSection); });
}

void SettingsWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape || event->matches(QKeySequence::Close))
        close();
    else
        QWidget::keyPressEvent(event);
}

} // namespace ui
