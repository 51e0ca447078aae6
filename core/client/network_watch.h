// Notices that the ground moved under the links: another network, or a resume from sleep. Owned by EngineWorker,
// engine thread. Without a QNetworkInformation backend only resumes are seen.
#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

namespace client {

// Compares a clock that counts sleep with one that does not. Pure.
class ResumeDetector {
public:
    // True when the first clock gained on the second since the last call.
    [[nodiscard]] bool update(std::chrono::nanoseconds withSleep, std::chrono::nanoseconds awake);

private:
    std::optional<std::chrono::nanoseconds> m_slept;
};

class NetworkWatch : public QObject {
    Q_OBJECT
public:
    explicit NetworkWatch(QObject *parent = nullptr);

    // Call once on the main thread, where QNetworkInformation lives. False without a backend.
    static bool loadBackend();

Q_SIGNALS:
    void networkChanged();
    void resumed();

private:
    void checkClocks();

    QTimer m_timer;
    ResumeDetector m_detector;
};

} // namespace client
