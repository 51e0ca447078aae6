// One message body, decoded and made readable: Pretty, Raw, Hex and Preview, as far as each applies, with what it is,
// how long it is, and what is not shown. Large bodies are prepared off the GUI thread; a body that is overtaken by
// another is forgotten. GUI thread.
#pragma once

#include "ui/theme/theme.h"
#include "ui/views/body_content.h"

#include <QWidget>

#include <optional>
#include <string_view>

class QLabel;
class QStackedWidget;
class QTabBar;

namespace ui {

class CodeView;
class FindBar;
class ImageView;
class NoticeBar;

class BodyView : public QWidget {
    Q_OBJECT
public:
    explicit BodyView(const Theme &theme, QWidget *parent = nullptr);

    enum Tab { Pretty, Raw, Hex, Preview };

    // The values of the two header fields (empty when there is none) and the bytes as they were recorded; `cut`: only
    // the beginning of them. The same again changes nothing.
    void show(std::string_view contentType, std::string_view contentEncoding, const QByteArray &body, bool cut);
    using QWidget::show;
    // In place of a body: why there is none ("Waiting for the response", "No longer kept").
    void showNothing(const QString &sentence);

    [[nodiscard]] Tab tab() const;
    void setTab(Tab tab); // of those that apply
    void openFind();
    [[nodiscard]] bool isBusy() const { return m_busy; } // preparing; prepared() ends it

Q_SIGNALS:
    void prepared();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void build();
    void prepareLater(const BodySource &source);
    void adopt(const BodyContent &content);
    void tellFault();
    void tellNotes(Tab tab);
    void showTab(Tab tab);
    void fillText(Tab tab);
    [[nodiscard]] bool applies(Tab tab) const;
    [[nodiscard]] Tab bestTab() const;
    void find();

    const Theme &m_theme;
    BodySource m_source;
    BodyContent m_content;
    std::optional<Tab> m_chosen; // by the user
    quint64 m_generation = 0; // of m_source
    bool m_busy = false;
    bool m_grown = false; // m_source begins as the one before: the reader's place is kept
    QTabBar *m_tabs;
    QLabel *m_facts;
    NoticeBar *m_fault;
    QLabel *m_notes;
    QStackedWidget *m_stack;
    CodeView *m_text;
    ImageView *m_image;
    QLabel *m_nothing;
    FindBar *m_find;
};

} // namespace ui
