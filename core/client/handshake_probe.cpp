#include "client/handshake_probe.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>

#include <chrono>

namespace client {

namespace {

constexpr std::chrono::milliseconds kAnswerTimeout{5000};
constexpr qint64 kMaxAnswerBytes = 16 * 1024; // a reason is a sentence
constexpr qint64 kReadBufferBytes = 64 * 1024;

wire::Code codeOfStatus(int status)
{
    switch (status) {
    case 401:
    case 403: // no name was asked for yet: it is the token; API Gateway says so of wrong ones
    case 407: return wire::Code::Unauthorized;
    case 404: return wire::Code::TunnelNotFound;
    case 429: return wire::Code::RateLimited;
    default: return wire::Code::ConnectionLost;
    }
}

std::string sentenceOfStatus(int status)
{
    switch (status) {
    case 401: return "the server wants a valid token";
    case 403: return "the server does not let this token in";
    case 404: return "there is no tunnel server at this address";
    case 407: return "the proxy wants a user name and a password";
    case 429: return "the server asks to come back later";
    default: return "the server refused the connection with status " + std::to_string(status);
    }
}

} // namespace

wire::Error refusalReason(int status, const QByteArray &body)
{
    const QJsonObject error = QJsonDocument::fromJson(body).object()[QLatin1String("error")].toObject();
    const std::string name = error[QLatin1String("code")].toString().toStdString();
    const std::string message = error[QLatin1String("message")].toString().toStdString();
    if (name.empty())
        return {codeOfStatus(status), sentenceOfStatus(status)};
    return {wire::codeFromName(name), message.empty() ? sentenceOfStatus(status) : message};
}

void HandshakeProbe::ask(const ServerUrl &url, const Token &token, const QNetworkProxy &proxy)
{
    m_http.setProxy(proxy);
    QNetworkRequest request(url.http);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setTransferTimeout(int(kAnswerTimeout.count()));
    request.setRawHeader("Accept", "application/json");
    if (!token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + token.reveal());
    auto *reply = m_http.get(request);
    reply->setReadBufferSize(kReadBufferBytes);
    connect(reply, &QNetworkReply::readyRead, this, [this, reply] {
        if (reply->bytesAvailable() > kMaxAnswerBytes)
            onFinished(*reply); // not a reason we would understand: its status has to do
    });
    connect(reply, &QNetworkReply::finished, this, [this, reply] { onFinished(*reply); });
}

void HandshakeProbe::onFinished(QNetworkReply &reply)
{
    reply.disconnect(this);
    reply.deleteLater();
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0)
        Q_EMIT answered({wire::Code::ConnectionLost, reply.errorString().toStdString()});
    else
        Q_EMIT answered(refusalReason(status, reply.read(kMaxAnswerBytes)));
}

} // namespace client
