// Fusion, and how buttons of the product behave: Enter presses the one that has the focus, in every window. Qt leaves
// that to dialogs, and to desktops that ask for it. Owned by the application; GUI thread.
#pragma once

#include <QProxyStyle>

namespace ui {

class ProductStyle : public QProxyStyle {
    Q_OBJECT
public:
    ProductStyle();

    using QProxyStyle::polish;
    using QProxyStyle::unpolish;
    void polish(QWidget *widget) override;
    void unpolish(QWidget *widget) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace ui
