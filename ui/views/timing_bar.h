// How long a request waited for the first byte of its response, and how long the rest took, as two parts of a bar with
// their names below. GUI thread.
#pragma once

#include "client/tunnel_status.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace ui {

class TimingBar : public QWidget {
    Q_OBJECT
public:
    explicit TimingBar(const Theme &theme, QWidget *parent = nullptr);

    void setTimes(qint64 firstByteUs, qint64 durationUs); // 0 first byte: no response came

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    qint64 m_firstByte = 0;
    qint64 m_duration = 0;
};

} // namespace ui
