#include "ttf/output.h"
#include "wire/limits.h"

#include <QSignalSpy>
#include <QTemporaryFile>
#include <QTest>

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <utility>

using ttf::Output;

namespace {

constexpr int kWaitMs = 10'000;

// A pipe whose reader is the test.
class Pipe {
public:
    Pipe()
    {
        if (::pipe(m_ends.data()) != 0 || ::fcntl(m_ends[0], F_SETFL, O_NONBLOCK) != 0)
            qFatal("pipe");
    }
    ~Pipe()
    {
        closeReader();
        ::close(m_ends[1]);
    }
    Pipe(const Pipe &) = delete;
    Pipe &operator=(const Pipe &) = delete;

    [[nodiscard]] int writer() const { return m_ends[1]; }
    void closeReader()
    {
        if (m_ends[0] >= 0)
            ::close(std::exchange(m_ends[0], -1));
    }
    [[nodiscard]] std::string readSome() const
    {
        std::string buffer(65536, '\0');
        const ssize_t length = ::read(m_ends[0], buffer.data(), buffer.size());
        buffer.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
        return buffer;
    }

private:
    std::array<int, 2> m_ends{-1, -1};
};

} // namespace

class OutputTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ::signal(SIGPIPE, SIG_IGN); }
    void linesAreWrittenAtOnce();
    void aSlowReaderBlocksNothingAndLosesNothing();
    void whatNobodyReadsIsBounded();
    void aReaderThatGoesIsReportedOnce();
    void aReaderThatGoesIsNoticedWithoutAWrite();
    void drainWaitsForTheReaderButNotForEver();
    void aFileTakesEverything();
    void aTerminalThatIsNotReadBlocksNothing();
};

void OutputTest::linesAreWrittenAtOnce()
{
    const Pipe pipe;
    Output output(pipe.writer());
    QVERIFY(output.write("one\n"));
    QCOMPARE(pipe.readSome(), std::string("one\n"));
}

void OutputTest::aSlowReaderBlocksNothingAndLosesNothing()
{
    const Pipe pipe;
    Output output(pipe.writer());
    QSignalSpy drained(&output, &Output::drained);
    std::string expected;
    for (int i = 0; i < 2000; ++i) {
        const std::string line = std::to_string(i) + std::string(200, 'x') + '\n';
        expected += line;
        QVERIFY(output.write(line)); // far more than a pipe holds
    }
    std::string seen;
    QTRY_VERIFY_WITH_TIMEOUT((seen += pipe.readSome()).size() == expected.size(), kWaitMs);
    QCOMPARE(seen, expected);
    QTRY_COMPARE(drained.count(), 1);
}

void OutputTest::whatNobodyReadsIsBounded()
{
    const Pipe pipe;
    Output output(pipe.writer());
    const std::string block(wire::kMiB, 'x');
    std::size_t taken = 0;
    while (taken < 4 * wire::kMaxOutputBytes && output.write(block))
        taken += block.size();
    QVERIFY(taken >= wire::kMaxOutputBytes);
    QVERIFY(taken <= wire::kMaxOutputBytes + 2 * block.size());
}

void OutputTest::aReaderThatGoesIsReportedOnce()
{
    Pipe pipe;
    Output output(pipe.writer());
    QSignalSpy closed(&output, &Output::closed);
    pipe.closeReader();
    QVERIFY(output.write("one\n"));
    QVERIFY(output.write("two\n"));
    QCOMPARE(closed.count(), 1);
}

void OutputTest::aReaderThatGoesIsNoticedWithoutAWrite()
{
    Pipe pipe;
    Output output(pipe.writer());
    QSignalSpy closed(&output, &Output::closed);
    pipe.closeReader();
    QTRY_COMPARE_WITH_TIMEOUT(closed.count(), 1, kWaitMs);
}

void OutputTest::drainWaitsForTheReaderButNotForEver()
{
    const Pipe pipe;
    Output output(pipe.writer());
    QVERIFY(output.write(std::string(wire::kMiB, 'x')));
    output.drain(50); // nobody reads: it must come back
    (void)pipe.readSome();
    output.drain(50);
    QVERIFY(!pipe.readSome().empty());
}

void OutputTest::aFileTakesEverything()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    Output output(file.handle());
    const QByteArray block(static_cast<qsizetype>(wire::kMiB), 'x');
    QVERIFY(output.write(block.toStdString()));
    QVERIFY(file.seek(0));
    QCOMPARE(file.readAll(), block);
}

void OutputTest::aTerminalThatIsNotReadBlocksNothing()
{
    const int master = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    QVERIFY(master >= 0);
    QCOMPARE(::grantpt(master), 0);
    QCOMPARE(::unlockpt(master), 0);
    const int terminal = ::open(::ptsname(master), O_RDWR | O_NOCTTY | O_CLOEXEC);
    QVERIFY(terminal >= 0);
    {
        Output output(terminal);
        for (int i = 0; i < 2000; ++i)
            QVERIFY(output.write(std::string(200, 'x') + '\n')); // far more than a terminal holds
        output.drain(10);
        QCOMPARE(::fcntl(terminal, F_GETFL) & O_NONBLOCK, 0);
    }
    ::close(terminal);
    ::close(master);
}

QTEST_GUILESS_MAIN(OutputTest)
#include "output_test.moc"
