// One line of text that gives way in the middle when it is too long (paths, URLs, names), with the whole text in the
// tooltip then and always for screen readers. Plain text. GUI thread.
#pragma once

#include <QLabel>

namespace ui {

class ElidedLabel : public QLabel {
    Q_OBJECT
public:
    explicit ElidedLabel(const QString &text = {}, QWidget *parent = nullptr);

    void setText(const QString &text); // text() stays the whole text
    void setElideMode(Qt::TextElideMode mode);
    [[nodiscard]] QString shownText() const; // with the ellipsis

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override; // a tooltip where something is hidden, unless one was set

private:
    Qt::TextElideMode m_mode = Qt::ElideMiddle;
};

} // namespace ui
