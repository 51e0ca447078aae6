// A text that wraps anywhere, as long words of URLs and ids need, can be selected, and is as high as its lines. Plain
// text. GUI thread.
#pragma once

#include <QTextEdit>

namespace ui {

class WrappedLabel : public QTextEdit {
    Q_OBJECT
public:
    explicit WrappedLabel(QWidget *parent = nullptr);

    void setText(const QString &text);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void changeEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override; // is the page's
};

} // namespace ui
