// The built http-tunnel as a process of its own, offscreen, with a home of its own. Main thread; ended with the test.
#pragma once

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <signal.h>

namespace support {

inline constexpr int kProcessMs = 30'000;

// What all starts of one user share.
class ProgramHome {
public:
    ProgramHome()
    {
        for (const auto &name : {QStringLiteral("config"), QStringLiteral("state"), QStringLiteral("run")})
            QDir(folder.path()).mkdir(name);
        QFile::setPermissions(folder.filePath(QStringLiteral("run")),
                              QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    [[nodiscard]] QProcessEnvironment environment() const
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("HTTP_TUNNEL_CONFIG_DIR"), folder.filePath(QStringLiteral("config")));
        environment.insert(QStringLiteral("HTTP_TUNNEL_STATE_DIR"), folder.filePath(QStringLiteral("state")));
        environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), folder.filePath(QStringLiteral("run")));
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        environment.remove(QStringLiteral("DBUS_SESSION_BUS_ADDRESS")); // no keyring, no desktop
        return environment;
    }
    QTemporaryDir folder;
};

class RunningProgram {
public:
    RunningProgram(const QStringList &arguments, const QProcessEnvironment &environment)
    {
        m_process.setProcessEnvironment(environment);
        m_process.setProcessChannelMode(QProcess::SeparateChannels);
        m_process.start(QStringLiteral(HTTP_TUNNEL_PROGRAM), arguments);
        if (!m_process.waitForStarted(kProcessMs))
            qFatal("http-tunnel does not start");
    }
    ~RunningProgram()
    {
        m_process.kill();
        m_process.waitForFinished(kProcessMs);
    }
    // -1: still running, or killed.
    [[nodiscard]] int exitCode()
    {
        if (isRunning())
            m_process.waitForFinished(kProcessMs);
        return isRunning() || m_process.exitStatus() != QProcess::NormalExit ? -1 : m_process.exitCode();
    }
    [[nodiscard]] bool isRunning() const { return m_process.state() == QProcess::Running; }
    [[nodiscard]] QByteArray complaints() { return m_errors += m_process.readAllStandardError(); }
    [[nodiscard]] QByteArray output() { return m_process.readAllStandardOutput(); }
    // The address in "NAME: online at URL", which --verbose tells; empty before.
    [[nodiscard]] QByteArray url()
    {
        const QByteArray text = complaints();
        const auto at = text.lastIndexOf("online at ");
        return at < 0 ? QByteArray() : text.mid(at + 10, text.indexOf('\n', at) - at - 10);
    }
    void signal(int number) const { ::kill(static_cast<pid_t>(m_process.processId()), number); }

private:
    QProcess m_process;
    QByteArray m_errors;
};

} // namespace support
