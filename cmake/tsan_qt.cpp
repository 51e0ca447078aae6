// ThreadSanitizer cannot see into Debian's Qt, so the order that Qt's event queue makes between the thread that posts
// and the thread that handles looks like no order at all. This file tells it: what happened before a queued call or
// signal was posted happened before every event handled later. The same for work given to a thread pool, for semaphores
// and for the results of promises. Compiled into Qt programs of the preset tsan only.
#include <QFutureInterface>
#include <QMetaObject>
#include <QSemaphore>
#include <QThread>
#include <QThreadPool>

#include <dlfcn.h>

#include <sanitizer/tsan_interface.h>

namespace {

char s_queue; // stands for all event queues together

void posted()
{
    __tsan_release(&s_queue);
}

void taken()
{
    __tsan_acquire(&s_queue);
}

bool onEvent(void **)
{
    taken();
    __tsan_release(&s_queue);
    return false; // go on with the event
}

[[maybe_unused]] const bool s_registered = QInternal::registerCallback(QInternal::EventNotifyCallback, onEvent);

// Qt's own function of this name, behind the one defined below.
template <class Function>
Function *inQt(const char *mangled)
{
    return reinterpret_cast<Function *>(dlsym(RTLD_NEXT, mangled));
}

} // namespace

bool QMetaObject::invokeMethodImpl(QObject *object, QtPrivate::QSlotObjectBase *slot, Qt::ConnectionType type,
                                   void *result)
{
    static auto *const real = inQt<bool(QObject *, QtPrivate::QSlotObjectBase *, Qt::ConnectionType, void *)>(
        "_ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv");
    posted();
    return real(object, slot, type, result);
}

void QMetaObject::activate(QObject *sender, const QMetaObject *metaObject, int signal, void **arguments)
{
    static auto *const real =
        inQt<void(QObject *, const QMetaObject *, int, void **)>("_ZN11QMetaObject8activateEP7QObjectPKS_iPPv");
    posted();
    real(sender, metaObject, signal, arguments);
}

bool QThread::wait(QDeadlineTimer deadline)
{
    static auto *const real = inQt<bool(QThread *, QDeadlineTimer)>("_ZN7QThread4waitE14QDeadlineTimer");
    const bool finished = real(this, deadline);
    taken();
    return finished;
}

void QThreadPool::start(std::function<void()> work, int priority)
{
    static auto *const real =
        inQt<void(QThreadPool *, std::function<void()>, int)>("_ZN11QThreadPool5startESt8functionIFvvEEi");
    std::function<void()> ordered = [work = std::move(work)] {
        taken();
        work();
        posted();
    };
    posted();
    real(this, std::move(ordered), priority);
}

void QSemaphore::release(int count)
{
    static auto *const real = inQt<void(QSemaphore *, int)>("_ZN10QSemaphore7releaseEi");
    posted();
    real(this, count);
}

void QSemaphore::acquire(int count)
{
    static auto *const real = inQt<void(QSemaphore *, int)>("_ZN10QSemaphore7acquireEi");
    real(this, count);
    taken();
}

bool QFutureInterfaceBase::derefT() const noexcept
{
    static auto *const real = inQt<bool(const QFutureInterfaceBase *)>("_ZNK20QFutureInterfaceBase6derefTEv");
    posted();
    const bool others = real(this);
    taken();
    return others;
}

void QFutureInterfaceBase::reportResultsReady(int begin, int end)
{
    static auto *const real =
        inQt<void(QFutureInterfaceBase *, int, int)>("_ZN20QFutureInterfaceBase18reportResultsReadyEii");
    posted();
    real(this, begin, end);
}

void QFutureInterfaceBase::reportFinished()
{
    static auto *const real = inQt<void(QFutureInterfaceBase *)>("_ZN20QFutureInterfaceBase14reportFinishedEv");
    posted();
    real(this);
}
