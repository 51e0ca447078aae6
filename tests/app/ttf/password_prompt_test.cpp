#include "support/wait_for.h"
#include "ttf/password_prompt.h"
#include "wire/limits.h"

#include <QTest>

#include <pty.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <thread>

namespace {

// A pipe with this text, its end closed.
class Pipe {
public:
    explicit Pipe(const std::string &text)
    {
        if (::pipe(m_ends.data()) != 0 || ::write(m_ends[1], text.data(), text.size()) != ssize_t(text.size()))
            qFatal("no pipe");
        ::close(m_ends[1]);
    }
    ~Pipe() { ::close(m_ends[0]); }
    Pipe(const Pipe &) = delete;
    Pipe &operator=(const Pipe &) = delete;
    [[nodiscard]] int end() const { return m_ends[0]; }

private:
    std::array<int, 2> m_ends{};
};

} // namespace

class PasswordPromptTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void takesTheFirstLine()
    {
        QCOMPARE(*ttf::readPassword(Pipe("open sesame\nmore\n").end()), std::string("open sesame"));
        QCOMPARE(*ttf::readPassword(Pipe("no line end").end()), std::string("no line end"));
        QCOMPARE(*ttf::readPassword(Pipe("windows\r\n").end()), std::string("windows"));
    }

    void nothingIsAnError()
    {
        QVERIFY(!ttf::readPassword(Pipe("").end()));
        QVERIFY(!ttf::readPassword(Pipe("\n").end()));
    }

    void stopsReadingWhatIsTooLong()
    {
        const auto password = ttf::readPassword(Pipe(std::string(10'000, 'x')).end());
        QCOMPARE(password->size(), wire::kMaxPasswordBytes + 1);
    }

    void aTerminalDoesNotShowIt()
    {
        int outside = 0;
        int inside = 0;
        QCOMPARE(::openpty(&outside, &inside, nullptr, nullptr, nullptr), 0);
        std::thread typist([outside, inside] {
            termios now{};
            const bool hidden = support::eventually(
                [&now, inside] { return ::tcgetattr(inside, &now) == 0 && (now.c_lflag & tcflag_t(ECHO)) == 0; });
            [[maybe_unused]] const auto typed = ::write(outside, hidden ? "hunter2\n" : "shown\n", hidden ? 8 : 6);
        });
        const auto password = ttf::readPassword(inside);
        typist.join();
        QCOMPARE(*password, std::string("hunter2"));
        termios after{};
        QCOMPARE(::tcgetattr(inside, &after), 0);
        QVERIFY((after.c_lflag & tcflag_t(ECHO)) != 0);
        ::close(inside);
        ::close(outside);
    }
};

QTEST_GUILESS_MAIN(PasswordPromptTest)
#include "password_prompt_test.moc"
