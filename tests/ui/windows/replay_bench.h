// The replay window with a real workspace, engine, store and local service behind it. Main thread.
#pragma once

#include "core/workspace/test_workspace.h"
#include "replay_samples.h"
#include "ui/windows/replay_attempts.h"
#include "ui/windows/replay_body_editor.h"
#include "ui/windows/replay_header_editor.h"
#include "ui/windows/replay_request_line.h"
#include "ui/windows/replay_window.h"

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTest>

namespace support {

inline constexpr quint64 kRecorded = 1'000'001; // a key far from those of the engine

// The body of the next whole request, which is taken away; nothing while it is not whole.
[[nodiscard]] inline std::optional<QByteArray> takeRequestBody(RawOrigin::Client &client)
{
    static const QByteArray kLength("Content-Length: ");
    const auto end = client.received.indexOf("\r\n\r\n") + 4;
    if (end < 4)
        return std::nullopt;
    const auto at = client.received.indexOf(kLength) + kLength.size();
    const auto size = at < kLength.size() ? 0 : client.received.mid(at, client.received.indexOf('\r', at) - at).toInt();
    if (client.received.size() < end + size)
        return std::nullopt;
    const auto body = client.received.mid(end, size);
    client.received.remove(0, end + size);
    return body;
}

inline void answerJson(RawOrigin::Client &client, const QByteArray &status, const QByteArray &body)
{
    client.send("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nCache-Control: no-store\r\n" +
                "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
}

// Answers every request with its own body.
inline void echo(RawOrigin::Client &client)
{
    if (const auto body = takeRequestBody(client))
        answerJson(client, "200 OK", *body);
}

// A workspace with the tunnel "shop" to an origin of the test, a store that hears its engine, and the window.
struct ReplayBench {
    explicit ReplayBench(ui::Theme &theme, RawOrigin::Handler handler = echo)
        : origin(std::move(handler)),
          workspace({relay, home.secrets}, home.paths(), recording()),
          state(home.folder.path())
    {
        auto &engine = workspace.engine();
        QObject::connect(&engine, &client::Engine::exchangesChanged, &store, &traffic::ExchangeStore::add);
        QObject::connect(&engine, &client::Engine::capturesChanged, &store, &traffic::ExchangeStore::addCaptures);
        workspace.open();
        tunnel = workspace.add(entryFor(origin.port(), QStringLiteral("shop"))).value_or(QString());
        window = std::make_unique<ui::ReplayWindow>(workspace, store, theme, state);
    }
    static client::EngineOptions recording()
    {
        client::EngineOptions options;
        options.captureBodyBytes = 4096;
        return options;
    }
    void record(const traffic::Exchange &exchange)
    {
        store.add({exchange.summary});
        client::CaptureUpdate update;
        update.key = exchange.summary.key;
        update.request = exchange.request;
        update.response = exchange.response;
        update.requestBody = exchange.requestBody;
        update.responseBody = exchange.responseBody;
        update.requestCut = exchange.requestCut;
        store.addCaptures({update});
    }
    // Records the order, unless something is recorded under this key, and opens it.
    bool open(quint64 key = kRecorded, bool editBody = false)
    {
        if (!store.find(key))
            record(recordedOrder(key, tunnel));
        window->open(key, editBody);
        return QTest::qWaitForWindowActive(window.get());
    }
    // Sends and waits for the whole answer.
    bool send()
    {
        window->send();
        return QTest::qWaitFor([this] {
            return answer().summary.state != client::ExchangeState::Pending &&
                   answer().responseBody.size() == qsizetype(answer().summary.responseBytes);
        });
    }
    [[nodiscard]] const traffic::Exchange &answer() const { return window->session()->answer(); }
    [[nodiscard]] QLineEdit *url() const
    {
        return window->requestLine()->findChild<QLineEdit *>(QString(), Qt::FindDirectChildrenOnly);
    }
    [[nodiscard]] QString urlTo(const QString &path) const
    {
        return QStringLiteral("http://localhost:%1%2").arg(origin.port()).arg(path);
    }
    [[nodiscard]] QPlainTextEdit *body() const { return window->bodyEditor()->textEdit(); }

    RawOrigin origin;
    Home home;
    TestLocalRelay relay;
    workspace::Workspace workspace;
    traffic::ExchangeStore store;
    settings::WindowState state;
    QString tunnel;
    std::unique_ptr<ui::ReplayWindow> window;
};

} // namespace support
