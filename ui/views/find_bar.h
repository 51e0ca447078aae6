// The line under a body in which the user searches it: field, how many were found, previous and next. Hidden until
// open(); Esc closes it. GUI thread.
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;

namespace ui {

class IconButton;
class SearchField;

class FindBar : public QWidget {
    Q_OBJECT
public:
    explicit FindBar(const Theme &theme, QWidget *parent = nullptr);

    void open();
    void showCount(int current, int count); // "3 of 12"; nothing while the field is empty
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void textChanged(const QString &text);
    void nextRequested(bool backward);
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void close();
    void turnPrevious(const Theme &theme);

    SearchField *m_field;
    QLabel *m_count;
    IconButton *m_previous;
    IconButton *m_next;
};

} // namespace ui
