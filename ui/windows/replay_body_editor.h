// The body of a request to edit: as text where its bytes are that, to be kept or replaced where they are not. What the
// user does not touch stays as it was, byte for byte. GUI thread.
#pragma once

#include "ui/theme/theme.h"
#include "ui/windows/replay_body_text.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;

namespace ui {

class EmptyState;
class NoticeBar;
class ReplayHighlighter;

class ReplayBodyEditor : public QWidget {
    Q_OBJECT
public:
    explicit ReplayBodyEditor(const Theme &theme, QWidget *parent = nullptr);

    // `recorded`: what the user may go back to. Neither is told by edited().
    void setBody(const QByteArray &body, const QByteArray &recorded);
    [[nodiscard]] QByteArray body() const;
    void setContentType(const QString &contentType);
    // What is missing of the recorded body, in a sentence; empty when nothing is. `choice`: a button that says that it is
    // to be sent nevertheless, and leads to partAccepted(); empty when that was said.
    void setLoss(const QString &sentence, const QString &choice = {});

    [[nodiscard]] bool isText() const;
    void replaceByText(); // instead of bytes that are no text
    void keepRecorded(); // back to those
    void formatJson(); // or says where it is not JSON
    void focusEditor();
    [[nodiscard]] QPlainTextEdit *textEdit() const { return m_text; }
    [[nodiscard]] QPushButton *formatButton() const { return m_format; }
    [[nodiscard]] NoticeBar *lossNotice() const { return m_loss; }
    [[nodiscard]] NoticeBar *faultNotice() const { return m_fault; }

Q_SIGNALS:
    void edited();
    void partAccepted();

private:
    void build();
    void adopt(const QByteArray &body);
    void refresh();
    [[nodiscard]] bool isTouched() const { return m_seen != m_shown; }
    void onTextChanged();

    const Theme &m_theme;
    QByteArray m_bytes; // as they were set: what is sent until the text is changed
    QByteArray m_recorded;
    QString m_contentType;
    LineEnds m_lineEnds = LineEnds::Lf;
    QString m_shown; // m_bytes as text
    QString m_seen; // the text as it was last: colouring it is no change
    QLabel *m_title;
    QLabel *m_facts;
    QPushButton *m_keep;
    QPushButton *m_format;
    NoticeBar *m_loss;
    NoticeBar *m_fault;
    QStackedWidget *m_stack;
    QPlainTextEdit *m_text;
    ReplayHighlighter *m_colours;
    EmptyState *m_binary;
    QPushButton *m_replace = nullptr;
    QPushButton *m_accept = nullptr;
};

} // namespace ui
