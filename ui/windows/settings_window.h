// The settings, in a window of its own beside the main one: Servers, General, About. Changes take effect as they are
// made; there is nothing to apply. GUI thread; the workspace is borrowed.
#pragma once

#include "ui/theme/theme.h"
#include "workspace/workspace.h"

#include <QUrl>
#include <QWidget>

#include <functional>

class QStackedWidget;

namespace ui {

class AboutPage;
class GeneralPage;
class NoticeBar;
class PageList;
class ServersPage;
class Toast;

class SettingsWindow : public QWidget {
    Q_OBJECT
public:
    enum class Page { Servers, General, About };

    SettingsWindow(workspace::Workspace &workspace, const Theme &theme, QWidget *parent = nullptr);
    // `trayAvailable`: whether closing the main window can leave the program in a tray.
    SettingsWindow(workspace::Workspace &workspace, const Theme &theme, std::function<bool()> trayAvailable,
                   QWidget *parent = nullptr);

    void showPage(Page page);               // in front
    void showServer(const QUrl &server);    // with the focus where its token is typed

    [[nodiscard]] ServersPage *servers() const { return m_servers; }
    [[nodiscard]] GeneralPage *general() const { return m_general; }
    [[nodiscard]] Toast *toast() const { return m_toast; }
    [[nodiscard]] NoticeBar *notice() const { return m_notice; }

Q_SIGNALS:
    void openUrlRequested(const QUrl &url);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void build();
    void addPage(QWidget *page, Glyph glyph, const QString &name);
    void tellFailure(const QString &sentence);
    void scrollTo(QWidget *part);

    PageList *m_pages;
    QStackedWidget *m_stack;
    NoticeBar *m_notice;
    ServersPage *m_servers;
    GeneralPage *m_general;
    AboutPage *m_about;
    Toast *m_toast;
};

} // namespace ui
