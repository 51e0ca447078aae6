#include "support/raw_visitor.h"

namespace support {

// Parses what is there, or reads more. False when the response can go no further because the connection has ended.
bool RawVisitor::step(Response &response)
{
    const auto bytes = receive();
    const auto taken = bytes.empty() ? wire::Result<std::size_t>(0) : m_reader->feed(bytes, response.body);
    if (!taken)
        throw std::runtime_error("malformed response: " + taken.error().message);
    const auto rest = std::string_view(bytes).substr(*taken);
    if (bytes.empty()) {
        if (auto finished = m_reader->finish(); !finished)
            throw std::runtime_error("the response was cut short");
        return false;
    }
    if (*taken > 0 || rest.empty()) {
        unread(rest);
        return true;
    }
    const auto more = receive(); // too little for the parser to go on
    unread(std::string(rest) + more);
    if (more.empty())
        throw std::runtime_error("the response was cut short");
    return true;
}

Response RawVisitor::readHead(bool answersHead)
{
    Response response;
    for (;;) {
        m_reader = std::make_unique<http1::ResponseReader>(answersHead);
        while (!m_reader->headComplete())
            (void)step(response);
        if (m_reader->head().status >= 200 || m_reader->head().status == 101)
            break;
        response.interim.push_back(m_reader->head());
    }
    response.head = m_reader->head();
    return response;
}

void RawVisitor::readBody(Response &response, std::size_t size)
{
    while (!m_reader->complete() && (size == 0 || response.body.size() < size))
        (void)step(response);
    response.trailers = m_reader->trailers();
    response.keepAlive = m_reader->keepAlive();
}

Response RawVisitor::readResponse(bool answersHead)
{
    auto response = readHead(answersHead);
    readBody(response);
    return response;
}

} // namespace support
