// Slow work off this thread, its outcome back on it, without a nested event loop. Nothing comes back when `context` is
// gone by then; the work itself ends in any case. The caller's thread needs an event loop.
#pragma once

#include "guard/crypto.h"

#include <QFutureWatcher>
#include <QPromise>
#include <QThreadPool>

#include <memory>
#include <utility>

namespace settings {

// `work` is called once on a thread of `pool` and its value handed to `done` on the thread of `context`.
template <class Work, class Done>
void runThen(QThreadPool &pool, QObject *context, Work work, Done done)
{
    using Value = std::invoke_result_t<Work>;
    const auto promise = std::make_shared<QPromise<Value>>();
    promise->start();
    auto *watcher = new QFutureWatcher<Value>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, done = std::move(done)] {
        watcher->deleteLater();
        done(watcher->future().takeResult());
    });
    watcher->setFuture(promise->future());
    pool.start([promise, work = std::move(work)]() mutable {
        const guard::PooledCrypto scope;
        promise->addResult(work());
        promise->finish();
    });
}

} // namespace settings
