// "Expose port…": what listens on this computer, the fields of a new tunnel, and what became of it. In the main window
// while there is no tunnel, beside the list of requests, and alone as the tray's small window. GUI thread.
#pragma once

#include "ui/widgets/url_bar.h"
#include "ui/windows/expose_suggestions.h"
#include "workspace/workspace.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace ui {

class ExposeFields;
class ExposeResult;
class NoticeBar;

class ExposeForm : public QWidget {
    Q_OBJECT
public:
    // `open` is what the open button of the address does: the program gives QDesktopServices::openUrl.
    ExposeForm(const Theme &theme, workspace::Workspace &workspace, UrlBar::OpenUrl open, QWidget *parent = nullptr);

    void begin(quint16 port = 0); // an empty form, or one for this port
    void focusFirst();
    void setCancellable(bool cancellable); // where there is something else to show; else it introduces the product
    // Whether the form itself shows what became of it (it does, by default) or its owner does on exposed().
    void setShowsResult(bool shows) { m_showsResult = shows; }

    [[nodiscard]] ExposeFields *fields() const { return m_fields; }
    [[nodiscard]] ExposeSuggestions *suggestions() const { return m_suggestions; }
    [[nodiscard]] ExposeResult *result() const { return m_result; }
    [[nodiscard]] QPushButton *exposeButton() const { return m_expose; }

Q_SIGNALS:
    void exposed(const QString &id);
    void cancelled();
    void editRequested(const QString &id);
    void requestsRequested(const QString &id); // show what passes through it

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void build();
    QWidget *buildForm();
    void connectParts();
    void take(const discovery::Suggestion &suggestion);
    void submit();
    void refresh();

    const Theme &m_theme;
    workspace::Workspace &m_workspace;
    bool m_showsResult = true;
    QStackedWidget *m_stack;
    QWidget *m_form;
    QLabel *m_picture;
    QLabel *m_heading;
    QLabel *m_sentence;
    ExposeSuggestions *m_suggestions;
    ExposeFields *m_fields;
    NoticeBar *m_fault;
    QPushButton *m_expose;
    QPushButton *m_cancel;
    ExposeResult *m_result;
};

} // namespace ui
