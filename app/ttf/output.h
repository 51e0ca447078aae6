// Writes to a file descriptor, stdout in the program, without ever blocking the event loop: what the reader does not
// take yet waits in memory up to kMaxOutputBytes. Main thread; borrows the descriptor and leaves its flags alone (they
// are shared with the shell).
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <string>
#include <string_view>

namespace ttf {

class Output : public QObject {
    Q_OBJECT
public:
    explicit Output(int descriptor, QObject *parent = nullptr);
    ~Output() override;
    Output(const Output &) = delete;
    Output &operator=(const Output &) = delete;

    // False, and nothing is taken, while more than kMaxOutputBytes wait.
    [[nodiscard]] bool write(std::string_view lines);
    // Waits up to `timeoutMs` for the rest to be taken: for the end of the program.
    void drain(int timeoutMs);

Q_SIGNALS:
    void closed();  // the reader went away; once, and nothing is written after it
    void drained(); // everything was taken after some had to wait

private:
    void flush();
    void writeWhatFits();
    void onCondition();
    void close();

    int m_terminal; // the descriptor opened anew without blocking, when it is a terminal; else -1
    int m_descriptor;
    bool m_closed = false;
    std::string m_waiting;
    QSocketNotifier m_writable;
    QSocketNotifier m_condition; // a pipe whose reader went away reports an error at once
};

} // namespace ttf
