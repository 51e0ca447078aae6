// A recorded request sent again, as it was or changed, with the answer beside it. A window of its own, not modal; one
// for all requests: each stays as it was left while it is among the newest few. The recorded request is never changed.
// Made by whoever owns the main window; GUI thread.
#pragma once

#include "settings/window_state.h"
#include "traffic/exchange_store.h"
#include "ui/theme/theme.h"
#include "ui/windows/replay_shelf.h"
#include "workspace/workspace.h"

#include <QWidget>

class QPushButton;
class QSplitter;

namespace ui {

class ElidedLabel;
class NoticeBar;
class ReplayAnswer;
class ReplayAttempts;
class ReplayBodyEditor;
class ReplayHeaderEditor;
class ReplayRequestLine;

class ReplayWindow : public QWidget {
    Q_OBJECT
public:
    ReplayWindow(workspace::Workspace &workspace, traffic::ExchangeStore &store, const Theme &theme,
                 settings::WindowState &state, QWidget *parent = nullptr);
    ~ReplayWindow() override;

    // Shows this exchange and comes to the front, the cursor in the body or in the URL. Nothing happens when it is no
    // longer kept.
    void open(quint64 exchangeKey, bool editBodyFocus = false);
    void send();
    void cancel();
    void resetToOriginal();
    void resetToShown(); // what led to the answer that is shown

    [[nodiscard]] const ReplaySession *session() const { return m_shelf.isEmpty() ? nullptr : &m_shelf.front(); }
    [[nodiscard]] ReplayRequestLine *requestLine() const { return m_line; }
    [[nodiscard]] ReplayHeaderEditor *headerEditor() const { return m_headers; }
    [[nodiscard]] ReplayBodyEditor *bodyEditor() const { return m_body; }
    [[nodiscard]] ReplayAttempts *attempts() const { return m_attempts; }
    [[nodiscard]] ReplayAnswer *answer() const { return m_answer; }
    [[nodiscard]] NoticeBar *notice() const { return m_notice; }
    [[nodiscard]] QPushButton *resetButton() const { return m_reset; }
    [[nodiscard]] QPushButton *againButton() const { return m_again; }

protected:
    void closeEvent(QCloseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void build();
    [[nodiscard]] QWidget *buildTop();
    [[nodiscard]] QWidget *buildRequest();
    [[nodiscard]] QWidget *buildAnswer();
    void connectParts();
    void restore();

    void bringForward(quint64 exchangeKey);
    void endSending(const ReplaySession &session);
    void reset(const traffic::RequestDraft &draft);
    void loadDraft();
    void takeDraft();
    void refreshRequest();
    void refreshAnswers();
    void hear();
    void hearOf(quint64 key);

    workspace::Workspace &m_workspace;
    traffic::ExchangeStore &m_store;
    const Theme &m_theme;
    settings::WindowState &m_state;
    ReplayShelf m_shelf;
    ReplayRequestLine *m_line;
    ElidedLabel *m_source;
    QPushButton *m_again;
    QPushButton *m_reset;
    NoticeBar *m_notice;
    ReplayHeaderEditor *m_headers;
    ReplayBodyEditor *m_body;
    ReplayAttempts *m_attempts;
    ReplayAnswer *m_answer;
    QSplitter *m_columns;
    QSplitter *m_rows;
};

} // namespace ui
