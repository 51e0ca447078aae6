#include "discovery/listening_ports.h"

namespace discovery {

wire::Result<QList<ListeningPort>> listeningPorts()
{
    return wire::fail(wire::Code::InternalError, "Finding the ports that listen is not supported on this system yet. "
                                                 "Type the port instead.");
}

} // namespace discovery
