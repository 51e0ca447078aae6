#include "ui/views/login_maker.h"

#include "guard/crypto.h"

#include <QPromise>
#include <QThreadPool>

#include <memory>
#include <utility>

namespace ui {

namespace {

constexpr const char *kUser = "guest";

} // namespace

LoginMaker::LoginMaker(QObject *parent) : QObject(parent)
{
    connect(&m_watcher, &QFutureWatcher<guard::Login>::finished, this,
            [this] { Q_EMIT made(m_watcher.result(), std::exchange(m_password, {})); });
}

void LoginMaker::make()
{
    if (busy())
        return;
    const auto password = guard::drawPassword();
    m_password = QString::fromStdString(password);
    const auto promise = std::make_shared<QPromise<guard::Login>>();
    promise->start();
    m_watcher.setFuture(promise->future());
    QThreadPool::globalInstance()->start([promise, password] {
        const guard::PooledCrypto scope;
        promise->addResult(guard::Login{kUser, guard::PasswordHash::of(password)});
        promise->finish();
    });
}

} // namespace ui
