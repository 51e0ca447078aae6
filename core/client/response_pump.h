// Turns the bytes of a local service's response into frames of one stream, as far as credit goes, straight into the
// link's buffer. Owned by LocalRequest, engine thread.
#pragma once

#include "http1/response_reader.h"
#include "wire/frame.h"
#include "wire/stream_credit.h"

#include <chrono>
#include <cstdint>
#include <span>
#include <string>

namespace client {

class CaptureRecorder;
class LocalConnection;

class ResponsePump {
public:
    enum class State : std::uint8_t {
        Waiting,  // for bytes from the service
        Blocked,  // for credit
        Complete, // `end` was written
    };

    // `capture`: gets the final head and the body as they are sent on, null for nobody. Borrowed.
    ResponsePump(std::uint32_t stream, bool answersHead, bool upgradeAsked, CaptureRecorder *capture = nullptr);

    // Every origin may read the response, whatever the service says of that.
    void allowEveryOrigin() noexcept { m_everyOrigin = true; }

    // Moves what it can; `scratch` is where bytes pass through. Errors are the service's fault (InternalError,
    // HeadersTooLarge, with a sentence for the user): the stream is to be reset.
    [[nodiscard]] wire::Result<State> run(LocalConnection &source, std::string &frames, std::span<char> scratch);
    // The service closed the connection and run() has taken all it left.
    [[nodiscard]] wire::Result<> finish(std::string &frames);

    [[nodiscard]] wire::SendCredit &credit() noexcept { return m_credit; }
    [[nodiscard]] unsigned status() const noexcept { return m_status; } // of the final head; 0 before it
    [[nodiscard]] bool upgraded() const noexcept { return m_raw; }
    [[nodiscard]] bool started() const noexcept { return m_started; } // any byte came
    [[nodiscard]] std::uint64_t bodyBytes() const noexcept { return m_bodyBytes; }
    // Once complete: the connection can carry another request.
    [[nodiscard]] bool keepAlive() const noexcept { return m_keepAlive && m_unread.empty(); }
    [[nodiscard]] std::chrono::seconds idleTimeout() const noexcept
    {
        return m_idleTimeout;
    } // 0: the service did not say

private:
    [[nodiscard]] wire::Result<std::size_t> take(std::string_view bytes, std::string &frames);
    [[nodiscard]] wire::Result<std::size_t> takeSome(std::string_view bytes, std::string &frames);
    [[nodiscard]] wire::Result<std::size_t> takeHead(std::string_view bytes, std::string &frames);
    [[nodiscard]] wire::Result<std::size_t> takeBody(std::string_view bytes, std::string &frames);
    [[nodiscard]] std::size_t takeRaw(std::string_view bytes, std::string &frames);
    [[nodiscard]] wire::Result<> onHead(std::string &frames);
    [[nodiscard]] wire::Result<> sendHead(std::string &frames);
    [[nodiscard]] wire::Result<> sendEnd(std::string &frames);
    [[nodiscard]] bool inBody() const noexcept { return m_raw || m_status != 0; }

    const std::uint32_t m_stream;
    const bool m_answersHead;
    const bool m_upgradeAsked;
    CaptureRecorder *const m_capture;
    http1::ResponseReader m_reader;
    wire::SendCredit m_credit;
    std::string m_unread; // what could not be taken yet: part of a head or chunk header, or more than the credit
    std::uint64_t m_bodyBytes = 0;
    std::chrono::seconds m_idleTimeout{0};
    unsigned m_status = 0;
    bool m_everyOrigin = false;
    bool m_started = false;
    bool m_raw = false;
    bool m_starved = false; // the credit is too small to take anything
    bool m_keepAlive = false;
    bool m_complete = false;
};

} // namespace client
