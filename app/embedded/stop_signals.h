// SIGINT, SIGTERM and SIGHUP as a Qt signal, by a pipe that the handler writes to. A second SIGINT or SIGTERM ends the
// process at once. Main thread; one object at a time, which puts the former handlers back when it goes.
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <signal.h>

#include <array>
#include <memory>

namespace embedded {

class StopSignals : public QObject {
    Q_OBJECT
public:
    explicit StopSignals(QObject *parent = nullptr);
    ~StopSignals() override;

Q_SIGNALS:
    void stopRequested();

private:
    static constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP};

    std::array<int, 2> m_pipe{-1, -1};
    std::array<struct sigaction, kSignals.size()> m_former{};
    std::unique_ptr<QSocketNotifier> m_readable;
};

} // namespace embedded
