#include "ui/windows/window_closer.h"

#include "ui/widgets/notice_stack.h"
#include "ui/windows/main_window.h"
#include "ui/windows/main_window_parts.h"

#include <QEvent>
#include <QPushButton>

#include <algorithm>
#include <tuple>
#include <utility>

namespace ui {

namespace {

const QString kKey = QStringLiteral("closing");

} // namespace

WindowCloser::WindowCloser(MainWindow &window, workspace::Workspace &workspace, std::function<bool()> trayAvailable,
                           QObject *parent)
    : QObject(parent), m_window(window), m_workspace(workspace), m_trayAvailable(std::move(trayAvailable))
{
    window.installEventFilter(this);
}

bool WindowCloser::staysInTray() const
{
    return m_trayAvailable() && m_workspace.preferences().closeToTray;
}

// The window itself is never closed: it is hidden, or the program ends.
bool WindowCloser::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != &m_window || event->type() != QEvent::Close)
        return QObject::eventFilter(watched, event);
    event->ignore();
    const bool open = m_workspace.overall() != workspace::Overall::Idle;
    const bool said = notice() != nullptr; // a second close means it
    if (staysInTray()) {
        if (said || m_workspace.preferences().closeExplained)
            hideWindow();
        else
            explainTray();
    } else if (said || !open || m_trayAvailable()) {
        Q_EMIT quitRequested();
    } else {
        explainQuit();
    }
    return true;
}

void WindowCloser::hideWindow()
{
    takeBack();
    m_window.hide();
}

void WindowCloser::explainTray()
{
    NoticeBar *notice = say(tr("Closing the window leaves HTTP Tunnel in the tray, with its tunnels open. Quit in the "
                               "tray's menu ends it; Settings has a switch for this."));
    connect(notice->addButton(tr("Close to tray")), &QPushButton::clicked, this, &WindowCloser::hideWindow);
    connect(notice->addButton(tr("Quit")), &QPushButton::clicked, this, &WindowCloser::quitRequested);
    settings::Preferences preferences = m_workspace.preferences();
    preferences.closeExplained = true;
    std::ignore = m_workspace.setPreferences(preferences); // unsaved, it is explained once more the next time
}

void WindowCloser::explainQuit()
{
    const auto open = std::ranges::count_if(m_workspace.tunnels(), &workspace::TunnelInfo::wanted);
    NoticeBar *notice =
        say(open == 1 ? tr("This desktop has no tray, so closing the window ends HTTP Tunnel and its open tunnel.")
                      : tr("This desktop has no tray, so closing the window ends HTTP Tunnel and its %1 open tunnels.")
                            .arg(open));
    connect(notice->addButton(tr("Quit")), &QPushButton::clicked, this, &WindowCloser::quitRequested);
    connect(notice->addButton(tr("Minimize instead")), &QPushButton::clicked, this, [this] {
        takeBack();
        m_window.showMinimized();
    });
}

NoticeBar *WindowCloser::notice() const
{
    return m_window.parts().notices->find(kKey);
}

// Among the window's own notices.
NoticeBar *WindowCloser::say(const QString &text)
{
    takeBack(); // its buttons are of another explanation
    return m_window.parts().notices->tell(kKey, NoticeBar::Kind::Info, text);
}

void WindowCloser::takeBack()
{
    m_window.parts().notices->remove(kKey);
}

} // namespace ui
