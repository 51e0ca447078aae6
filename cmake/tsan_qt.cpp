// ThreadSanitizer cannot see into Debian's Qt, so the order that Qt's event queue makes between the thread that posts
// and the thread that handles looks like no order at all. This file tells it: what happened before a queued call or
// signal was posted happened before every event handled later. The same for work given to a thread pool, for semaphores
// and for the results of promises. Compiled into Qt programs of the preset tsan only.
#include <QFutureInterface>
#include <QMetaMethod>
#include <QMetaObject>
#include <QObject>
#include <QSemaphore>
#include <QThread>
#include <QThreadPool>

#include <dlfcn.h>

#include <array>
#include <atomic>
#include <cstdlib>

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

using QtPrivate::QMetaTypeInterface;

// Qt copies the arguments of a queued signal after the signal was emitted and before it is posted. So what copies them,
// which is a function pointer of each type, speaks too. A table that only grows, as a lock would make order of its own.
struct CopiedType {
    std::atomic<const QMetaTypeInterface *> type = nullptr;
    std::atomic<QMetaTypeInterface::CopyCtrFn> copy = nullptr;
};
std::array<CopiedType, 256> s_copied;

void copyAndPost(const QMetaTypeInterface *type, void *to, const void *from)
{
    for (const CopiedType &known : s_copied) {
        if (known.type == type) {
            known.copy.load()(type, to, from);
            posted();
            return;
        }
    }
    std::abort();
}

void watchCopies(const QMetaTypeInterface *type)
{
    for (CopiedType &known : s_copied) {
        const QMetaTypeInterface *none = nullptr;
        if (known.type == type)
            return;
        if (known.type == nullptr && known.type.compare_exchange_strong(none, type)) {
            known.copy = type->copyCtr;
            const_cast<QMetaTypeInterface *>(type)->copyCtr = copyAndPost; // not in read-only memory: typeId is mutable
            return;
        }
        if (none == type)
            return;
    }
    std::abort(); // make the table larger
}

void watchArguments(const QMetaObject *sender, void **signal)
{
    int index = -1;
    std::array<void *, 2> question{&index, signal};
    for (; sender && index < 0; sender = sender->superClass()) {
        sender->static_metacall(QMetaObject::IndexOfMethod, 0, question.data());
        const QMetaMethod method = index < 0 ? QMetaMethod() : sender->method(index + sender->methodOffset());
        for (int i = 0; i < method.parameterCount(); ++i) {
            const QMetaType type = method.parameterMetaType(i);
            if (type.id() >= QMetaType::User && type.iface()->copyCtr) // Qt copies its own without being seen
                watchCopies(type.iface());
        }
    }
}

} // namespace

QMetaObject::Connection QObject::connectImpl(const QObject *sender, void **signal, const QObject *receiver, void **slot,
                                             QtPrivate::QSlotObjectBase *object, Qt::ConnectionType type,
                                             const int *types, const QMetaObject *metaObject)
{
    static auto *const real = inQt<QMetaObject::Connection(const QObject *, void **, const QObject *, void **,
                                                           QtPrivate::QSlotObjectBase *, Qt::ConnectionType,
                                                           const int *, const QMetaObject *)>(
        "_ZN7QObject11connectImplEPKS_PPvS1_S3_PN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPKiPK11QMetaObject");
    watchArguments(metaObject, signal);
    return real(sender, signal, receiver, slot, object, type, types, metaObject);
}

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
