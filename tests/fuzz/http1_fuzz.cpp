// HTTP/1.1 from a visitor or from the local service. First byte: bit 0 response instead of request, bit 1 the request
// was HEAD. Second and third: where to cut. The rest arrives once whole and once in two pieces: the same must come out.
#include "fuzz/fuzz.h"
#include "http1/request_reader.h"
#include "http1/response_reader.h"
#include "http1/serialize.h"

#include <algorithm>
#include <optional>
#include <string>

namespace {

template <class Head>
struct Outcome {
    std::optional<wire::Code> error;
    std::size_t taken = 0;
    std::string body;
    bool headComplete = false;
    bool complete = false;
    bool keepAlive = false;
    Head head;
    wire::HeaderList trailers;

    friend bool operator==(const Outcome &, const Outcome &) = default;
};

template <class Reader>
class Connection {
public:
    using Head = std::remove_reference_t<decltype(std::declval<Reader &>().head())>;

    explicit Connection(Reader reader) : m_reader(std::move(reader)) {}

    void receive(std::string_view bytes)
    {
        m_waiting += bytes;
        while (!m_outcome.error && !m_reader.complete()) {
            const auto taken = m_reader.feed(m_waiting, m_outcome.body);
            if (!taken)
                m_outcome.error = taken.error().code;
            if (!taken || *taken == 0)
                return;
            fuzz::demand(*taken <= m_waiting.size(), "no more is taken than there is");
            m_waiting.erase(0, *taken);
            m_outcome.taken += *taken;
        }
    }

    Outcome<Head> finish()
    {
        if constexpr (requires { m_reader.finish(); })
            if (auto finished = m_reader.finish(); !finished && !m_outcome.error)
                m_outcome.error = finished.error().code;
        if (m_outcome.error) {
            Outcome<Head> failed; // nothing else is promised after an error
            failed.error = m_outcome.error;
            return failed;
        }
        fuzz::demand(m_outcome.body.size() <= m_outcome.taken, "a body is no longer than its bytes");
        m_outcome.headComplete = m_reader.headComplete();
        m_outcome.complete = m_reader.complete();
        if (m_outcome.headComplete) {
            m_outcome.head = m_reader.head();
            m_outcome.keepAlive = m_reader.keepAlive();
        }
        if (m_outcome.complete)
            m_outcome.trailers = m_reader.trailers();
        return std::move(m_outcome);
    }

private:
    Reader m_reader;
    std::string m_waiting;
    Outcome<Head> m_outcome;
};

template <class Head>
void demandSound(Outcome<Head> outcome)
{
    if (!outcome.headComplete)
        return;
    fuzz::demand(wire::checkHead(outcome.head).has_value(), "a head that comes out passes checkHead");
    fuzz::demand(wire::checkHeaders(outcome.trailers).has_value(), "so do trailers");
    wire::removeHopByHop(outcome.head.headers);
    fuzz::demand(wire::checkFraming(outcome.head).has_value(), "without hop-by-hop fields it can cross the tunnel");
}

std::string written(const wire::RequestHead &head)
{
    std::string out;
    http1::appendRequestHead(out, head, {});
    return out;
}

std::string written(const wire::ResponseHead &head)
{
    std::string out;
    http1::appendResponseHead(out, head, {});
    return out;
}

// HTTP/1.1, which is what we write, demands the Host that a request of HTTP/1.0 may lack.
bool isRewritable(const wire::RequestHead &head)
{
    return head.version == 11;
}

bool isRewritable(const wire::ResponseHead &)
{
    return true;
}

template <class Reader, class Head>
void demandRewritable(Reader reader, const Outcome<Head> &outcome)
{
    if (!outcome.headComplete || !isRewritable(outcome.head))
        return;
    std::string body;
    fuzz::demand(reader.feed(written(outcome.head), body).has_value(), "a head that we write is read");
    fuzz::demand(reader.headComplete() && reader.head() == outcome.head, "a head that we write reads the same");
}

template <class MakeReader>
void run(MakeReader makeReader, std::string_view bytes, std::size_t cut)
{
    Connection whole(makeReader());
    whole.receive(bytes);
    Connection pieces(makeReader());
    pieces.receive(bytes.substr(0, cut));
    pieces.receive(bytes.substr(cut));
    const auto outcome = whole.finish();
    fuzz::demand(pieces.finish() == outcome, "two pieces read as the whole does");
    demandRewritable(makeReader(), outcome);
    demandSound(outcome);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 3)
        return 0;
    const auto bytes = fuzz::textOf(data + 3, size - 3);
    const auto cut = std::min<std::size_t>(data[1] * 256U + data[2], bytes.size());
    const bool answersHead = (data[0] & 2) != 0;
    if ((data[0] & 1) == 0)
        run([] { return http1::RequestReader(); }, bytes, cut);
    else
        run([answersHead] { return http1::ResponseReader(answersHead); }, bytes, cut);
    return 0;
}
