#include "ttf/output.h"

#include "wire/limits.h"

#include <QElapsedTimer>
#include <climits>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace ttf {

namespace {

bool isWritable(int descriptor, int timeoutMs)
{
    pollfd entry{descriptor, POLLOUT, 0};
    return ::poll(&entry, 1, timeoutMs) > 0;
}

// poll() promises nothing of the sort for a terminal: only O_NONBLOCK keeps one that was stopped by Ctrl-S from
// blocking us. Where it cannot be opened again (after su, for example) we have to live with that.
int reopenTerminal(int descriptor)
{
    if (::isatty(descriptor) == 0)
        return -1;
    const std::string path = "/dev/fd/" + std::to_string(descriptor);
    return ::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

} // namespace

Output::Output(int descriptor, QObject *parent)
    : QObject(parent),
      m_terminal(reopenTerminal(descriptor)),
      m_descriptor(m_terminal >= 0 ? m_terminal : descriptor),
      m_writable(m_descriptor, QSocketNotifier::Write),
      m_condition(m_descriptor, QSocketNotifier::Exception)
{
    m_writable.setEnabled(false);
    connect(&m_condition, &QSocketNotifier::activated, this, &Output::onCondition);
    connect(&m_writable, &QSocketNotifier::activated, this, &Output::flush);
}

Output::~Output()
{
    m_writable.setEnabled(false);
    m_condition.setEnabled(false);
    if (m_terminal >= 0)
        ::close(m_terminal);
}

bool Output::write(std::string_view lines)
{
    if (m_closed)
        return true;
    if (m_waiting.size() > wire::kMaxOutputBytes)
        return false;
    m_waiting += lines;
    if (!m_writable.isEnabled())
        flush();
    return true;
}

// poll() promises room for PIPE_BUF bytes of a pipe only: a longer write could block.
void Output::writeWhatFits()
{
    std::size_t sent = 0;
    while (sent < m_waiting.size() && isWritable(m_descriptor, 0)) {
        const auto length = std::min<std::size_t>(m_waiting.size() - sent, PIPE_BUF);
        const ssize_t written = ::write(m_descriptor, m_waiting.data() + sent, length);
        if (written >= 0) {
            sent += static_cast<std::size_t>(written);
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            break;
        } else if (errno != EINTR) {
            return close();
        }
    }
    m_waiting.erase(0, sent);
}

void Output::onCondition()
{
    pollfd entry{m_descriptor, 0, 0};
    if (::poll(&entry, 1, 0) > 0)
        close();
    else
        m_condition.setEnabled(false); // urgent data, or whatever it was: not our business
}

void Output::close()
{
    m_writable.setEnabled(false);
    m_condition.setEnabled(false);
    m_waiting.clear();
    if (!std::exchange(m_closed, true))
        Q_EMIT closed();
}

void Output::flush()
{
    const bool waited = m_writable.isEnabled();
    writeWhatFits();
    m_writable.setEnabled(!m_waiting.empty());
    if (waited && m_waiting.empty() && !m_closed)
        Q_EMIT drained();
}

void Output::drain(int timeoutMs)
{
    QElapsedTimer timer;
    timer.start();
    while (!m_waiting.empty() && !m_closed) {
        const auto left = timeoutMs - static_cast<int>(timer.elapsed());
        if (left <= 0 || !isWritable(m_descriptor, left))
            return;
        writeWhatFits();
    }
}

} // namespace ttf
