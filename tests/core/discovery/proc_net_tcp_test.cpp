#include "discovery/proc_net_tcp.h"

#include <QTest>

using discovery::ListeningSocket;
using discovery::parseProcNetTcp;

namespace {

constexpr const char *kIpv4 =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
    "   0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 31337 1 "
    "0000000000000000 "
    "100 0 0 10 0\n"
    "   1: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 42 1 0000000000000000 "
    "100 "
    "0 0 10 0\n"
    "   2: 0100007F:C350 0100007F:0BB8 01 00000000:00000000 00:00000000 00000000  1000        0 43 1 0000000000000000 "
    "20 "
    "4 30 10 -1\n"
    "   3: 3500007F:0035 00000000:0000 0A 00000000:00000005 00:00000000 00000000   101        0 18446744073709551615 "
    "1\n";
constexpr const char *kIpv6 = "  sl  local_address                         remote_address                        st "
                              "tx_queue rx_queue tr tm->when "
                              "retrnsmt   uid  timeout inode\n"
                              "   0: 00000000000000000000000001000000:0BB8 00000000000000000000000000000000:0000 0A "
                              "00000000:00000000 00:00000000 "
                              "00000000  1000        0 7 1 0000000000000000 100 0 0 10 0\n"
                              "   1: 00000000000000000000000000000000:FFFF 00000000000000000000000000000000:0000 0A "
                              "00000000:00000000 00:00000000 "
                              "00000000     0        0 8 1 0000000000000000 100 0 0 10 0\n"
                              "   2: B80D01200000000067452301EFCDAB89:01BB 00000000000000000000000000000000:0000 0A "
                              "00000000:00000000 00:00000000 "
                              "00000000     0        0 9 1 0000000000000000 100 0 0 10 0\n";

ListeningSocket socketAt(const char *address, quint16 port, quint64 inode)
{
    return {QHostAddress(QString::fromLatin1(address)), port, inode};
}

} // namespace

class ProcNetTcpTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsIpv4()
    {
        QCOMPARE(parseProcNetTcp(kIpv4),
                 (QList<ListeningSocket>{socketAt("127.0.0.1", 3000, 31337), socketAt("0.0.0.0", 80, 42),
                                         socketAt("127.0.0.53", 53, 18446744073709551615ULL)}));
    }

    void readsIpv6()
    {
        QCOMPARE(parseProcNetTcp(kIpv6), (QList<ListeningSocket>{socketAt("::1", 3000, 7), socketAt("::", 65535, 8),
                                                                 socketAt("2001:db8::123:4567:89ab:cdef", 443, 9)}));
    }

    void leavesOutWhatItCannotRead()
    {
        const QByteArray line = "   0: 0100007F:0BB8 00000000:0000 0A 0:0 00:0 0  1000 0 31337 1 0 100 0 0 10 0\n";
        QCOMPARE(parseProcNetTcp(line).size(), 1);
        for (const auto &[from, to] : {std::pair{"0100007F", "0100007"},
                                       {"0100007F", "0100007G"},
                                       {"0BB8", "0000"},
                                       {"0BB8", "10000"},
                                       {":0BB8", "0BB8"},
                                       {"31337", "-1"},
                                       {" 31337 1 0 100 0 0 10 0", ""},
                                       {" 0A ", " 06 "}})
            QVERIFY2(parseProcNetTcp(QByteArray(line).replace(from, to)).isEmpty(), to);
        QCOMPARE(parseProcNetTcp("").size(), 0);
        QCOMPARE(parseProcNetTcp(QByteArray("noise \0\xff\n\n:", 10)).size(), 0);
    }
};

QTEST_GUILESS_MAIN(ProcNetTcpTest)
#include "proc_net_tcp_test.moc"
