// Services as they run on a developer's computer, on ports of 127.0.0.1 that were free. They end with their object.
#pragma once

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>

#ifdef __SANITIZE_THREAD__
// QProcess starts children by vfork, whose mark on "this is a child" ThreadSanitizer then finds in the parent too. Not
// inline, to be found by it: each program includes this once.
extern "C" const char *__tsan_default_options()
{
    return "die_after_fork=0";
}
#endif

namespace support {

// A process in a folder of its own.
class RealService {
public:
    RealService() = default;
    virtual ~RealService()
    {
        m_process.terminate();
        if (!m_process.waitForFinished(5000))
            m_process.kill();
        m_process.waitForFinished(5000);
    }
    RealService(const RealService &) = delete;
    RealService &operator=(const RealService &) = delete;

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }

protected:
    void write(const char *name, const QByteArray &text)
    {
        QFile file(m_folder.filePath(QString::fromLatin1(name)));
        if (file.open(QIODevice::WriteOnly))
            file.write(text);
    }
    void start(const char *program, const QStringList &arguments)
    {
        m_process.setWorkingDirectory(m_folder.path());
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_process.start(QString::fromLatin1(program), arguments);
    }
    static quint16 freePort()
    {
        QTcpServer server;
        server.listen(QHostAddress::LocalHost);
        return server.serverPort();
    }
    [[nodiscard]] bool isReachable() const
    {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
        return socket.waitForConnected(1000);
    }
    [[nodiscard]] bool isRunning() const { return m_process.state() != QProcess::NotRunning; }

    QTemporaryDir m_folder;
    QProcess m_process;
    quint16 m_port = 0;
};

// nginx with its own first page; `tls` with a certificate of its own.
class RealNginx : public RealService {
public:
    explicit RealNginx(bool tls = false)
    {
        m_port = freePort();
        const QByteArray port = QByteArray::number(m_port);
        const QByteArray listen = tls ? port + " ssl; ssl_certificate cert.pem; ssl_certificate_key key.pem" : port;
        if (tls)
            makeCertificate();
        write("nginx.conf", "daemon off; worker_processes 1; pid nginx.pid; error_log stderr warn;\n"
                            "events { worker_connections 64; }\n"
                            "http { types { text/html html; } access_log off;\n"
                            "client_body_temp_path b; proxy_temp_path p; fastcgi_temp_path f; scgi_temp_path s;\n"
                            "uwsgi_temp_path u;\n"
                            "server { listen 127.0.0.1:" +
                                listen + "; root /usr/share/nginx/html; } }\n");
        start("/usr/sbin/nginx",
              {QStringLiteral("-p"), m_folder.path(), QStringLiteral("-c"),
               m_folder.filePath(QStringLiteral("nginx.conf")), QStringLiteral("-e"), QStringLiteral("stderr")});
        while (m_process.waitForStarted(5000) && isRunning() && !isReachable())
            m_process.waitForReadyRead(50);
    }

private:
    void makeCertificate()
    {
        QProcess openssl;
        openssl.setWorkingDirectory(m_folder.path());
        openssl.start(
            QStringLiteral("openssl"),
            QStringLiteral("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out "
                           "cert.pem -days 2 -subj /CN=localhost")
                .split(u' '));
        openssl.waitForFinished();
    }
};

// python3 -m http.server with one page.
class RealPython : public RealService {
public:
    explicit RealPython(const QByteArray &page)
    {
        write("index.html", page);
        start("/usr/bin/python3", QStringLiteral("-u -m http.server 0 --bind 127.0.0.1").split(u' '));
        static const QRegularExpression kPort(QStringLiteral("port (\\d+)"));
        QString said;
        while (isRunning() && m_port == 0 && m_process.waitForReadyRead(10'000)) {
            said += QString::fromUtf8(m_process.readAll());
            m_port = kPort.match(said).captured(1).toUShort();
        }
    }
};

} // namespace support
