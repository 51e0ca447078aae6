// A TLS service with a fresh self-signed certificate. Answers what it gets in upper case, or with `answer` and then
// the end. Lives on the test's thread.
#pragma once

#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTcpSocket>
#include <QTemporaryDir>

namespace support {

class TlsOrigin : public QSslServer {
public:
    TlsOrigin()
    {
        makeCertificate();
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setLocalCertificate(m_certificate);
        configuration.setPrivateKey(QSslKey(read("key.pem"), QSsl::Ec));
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        setSslConfiguration(configuration);
        connect(this, &QTcpServer::pendingConnectionAvailable, this, [this] { serve(nextPendingConnection()); });
        listen(QHostAddress::LocalHost);
    }

    [[nodiscard]] quint16 port() const { return serverPort(); }
    // Hex SHA-256 of the certificate.
    [[nodiscard]] QByteArray fingerprint() const { return m_certificate.digest(QCryptographicHash::Sha256).toHex(); }

    QByteArray answer;

private:
    void serve(QTcpSocket *socket)
    {
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
            const QByteArray received = socket->readAll();
            socket->write(answer.isEmpty() ? received.toUpper() : answer);
            if (!answer.isEmpty())
                socket->disconnectFromHost();
        });
    }
    void makeCertificate()
    {
        QProcess openssl;
        openssl.setWorkingDirectory(m_folder.path());
        openssl.start(QStringLiteral("openssl"),
                      {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"), QStringLiteral("ec"),
                       QStringLiteral("-pkeyopt"), QStringLiteral("ec_paramgen_curve:P-256"), QStringLiteral("-nodes"),
                       QStringLiteral("-keyout"), QStringLiteral("key.pem"), QStringLiteral("-out"),
                       QStringLiteral("cert.pem"), QStringLiteral("-days"), QStringLiteral("2"),
                       QStringLiteral("-subj"), QStringLiteral("/CN=localhost"), QStringLiteral("-addext"),
                       QStringLiteral("subjectAltName=DNS:localhost,IP:127.0.0.1")});
        openssl.waitForFinished();
        m_certificate = QSslCertificate(read("cert.pem"));
    }
    QByteArray read(const char *name)
    {
        QFile file(m_folder.filePath(QString::fromLatin1(name)));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir m_folder;
    QSslCertificate m_certificate;
};

} // namespace support
