"""SQS, standard queues, JSON protocol: what a reply queue needs, with AWS's bounds."""

import asyncio
import hashlib
import time
import uuid

from .json_api import ServiceError
from .template import ACCOUNT, REGION

MAX_MESSAGE_BYTES = 1024 * 1024
MAX_WAIT_SECONDS = 20
MAX_BATCH = 10
RECREATE_SECONDS = 60
DEFAULT_ATTRIBUTES = {"VisibilityTimeout": "30", "MessageRetentionPeriod": "345600", "ReceiveMessageWaitTimeSeconds": "0",
                      "DelaySeconds": "0", "MaximumMessageSize": str(MAX_MESSAGE_BYTES), "SqsManagedSseEnabled": "true"}
KNOWN_ATTRIBUTES = {*DEFAULT_ATTRIBUTES, "Policy", "KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds", "RedrivePolicy"}


def queue_arn(name):
    return f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}"


def permission(action):
    """The IAM action for a call: a batch needs what its parts need."""
    return action.removesuffix("Batch")


def _gone(name):
    return ServiceError("com.amazonaws.sqs#QueueDoesNotExist", f"The specified queue {name} does not exist.",
                        headers=[("x-amzn-query-error", "AWS.SimpleQueueService.NonExistentQueue;Sender")])


class _Message:
    def __init__(self, body):
        self.id, self.body, self.sent = str(uuid.uuid4()), body, time.monotonic()
        self.visible_at = 0.0
        self.receipts = []

    def as_received(self):
        self.receipts.append(str(uuid.uuid4()))
        return {"MessageId": self.id, "ReceiptHandle": self.receipts[-1], "Body": self.body,
                "MD5OfBody": hashlib.md5(self.body.encode()).hexdigest()}


class _Queue:
    def __init__(self, attributes):
        self.attributes = {**DEFAULT_ATTRIBUTES, **attributes}
        self.messages = []
        self.created = time.monotonic()
        self.arrived = asyncio.Condition()

    def visible(self, most):
        now = time.monotonic()
        retention = float(self.attributes["MessageRetentionPeriod"])
        self.messages = [message for message in self.messages if now - message.sent < retention]
        return [message for message in self.messages if message.visible_at <= now][:most]


class Sqs:
    def __init__(self):
        self._queues = {}
        self._deleted = {}  # name: when
        self.duplicate_next = False  # a standard queue may deliver twice
        self.settle_seconds = 0.0  # SQS says that a new queue may take a second to be there

    # --- what tests look at
    def names(self):
        return sorted(self._queues)

    def waiting(self, after=0):
        """{queue: messages that are still there `after` so many seconds from now, if nobody takes them}."""
        end = time.monotonic() + after
        return {name: sum(end - message.sent < float(queue.attributes["MessageRetentionPeriod"]) for message in queue.messages)
                for name, queue in self._queues.items()}

    def resources(self, action, request):
        """ARNs that a call is about."""
        if action == "ListQueues":
            return ["*"]
        return [queue_arn(request["QueueName"] if action == "CreateQueue" else self._name(request))]

    def _name(self, request):
        return request["QueueUrl"].rsplit("/", 1)[-1]

    def _queue(self, request):
        name = self._name(request)
        queue = self._queues.get(name)
        if queue is None or time.monotonic() - queue.created < self.settle_seconds:
            raise _gone(name)
        return queue

    async def call(self, action, request, origin):
        operation = getattr(self, "_" + action.lower(), None)
        if operation is None:
            raise ServiceError("com.amazonaws.sqs#InvalidAction", f"the local SQS has no {action}")
        return await operation(request, origin)

    async def _createqueue(self, request, origin):
        name, attributes = request["QueueName"], request.get("Attributes", {})
        if not 1 <= len(name) <= 80 or not all(letter.isalnum() or letter in "-_" for letter in name):
            raise ServiceError("com.amazonaws.sqs#InvalidParameterValue", "Can only include alphanumeric characters, hyphens, or "
                               "underscores. 1 to 80 in length")
        if unknown := set(attributes) - KNOWN_ATTRIBUTES:
            raise ServiceError("com.amazonaws.sqs#InvalidAttributeName", f"Unknown Attribute {unknown}.")
        if not all(isinstance(value, str) for value in attributes.values()):
            raise ServiceError("com.amazonaws.sqs#SerializationException", "attributes are strings")
        if time.monotonic() - self._deleted.get(name, -RECREATE_SECONDS) < RECREATE_SECONDS:
            raise ServiceError("com.amazonaws.sqs#QueueDeletedRecently", "You must wait 60 seconds after deleting a queue before "
                               "you can create another with the same name.")
        self._queues.setdefault(name, _Queue(attributes))
        return {"QueueUrl": f"{origin}/{ACCOUNT}/{name}"}

    async def _deletequeue(self, request, _):
        queue = self._queue(request)
        del self._queues[self._name(request)]
        self._deleted[self._name(request)] = time.monotonic()
        async with queue.arrived:
            queue.arrived.notify_all()
        return {}

    async def _listqueues(self, request, origin):
        names = [name for name in self.names() if name.startswith(request.get("QueueNamePrefix", ""))]
        start = int(request.get("NextToken") or 0)
        most = int(request.get("MaxResults") or 1000)
        page = {"QueueUrls": [f"{origin}/{ACCOUNT}/{name}" for name in names[start:start + most]]}
        if start + most < len(names) and "MaxResults" in request:
            page["NextToken"] = str(start + most)
        return page

    async def _sendmessage(self, request, _):
        queue, body = self._queue(request), request["MessageBody"]
        if not 1 <= len(body.encode()) <= MAX_MESSAGE_BYTES:
            raise ServiceError("com.amazonaws.sqs#InvalidParameterValue", "One or more parameters are invalid. Reason: Message must be "
                               f"at least one byte and shorter than {MAX_MESSAGE_BYTES} bytes.")
        message = _Message(body)
        async with queue.arrived:
            queue.messages.append(message)
            if self.duplicate_next:
                self.duplicate_next = False
                queue.messages.append(_Message(body))
            queue.arrived.notify_all()
        return {"MessageId": message.id, "MD5OfMessageBody": hashlib.md5(body.encode()).hexdigest()}

    async def _receivemessage(self, request, _):
        queue = self._queue(request)
        most = int(request.get("MaxNumberOfMessages", 1))
        wait = float(request.get("WaitTimeSeconds", queue.attributes["ReceiveMessageWaitTimeSeconds"]))
        if not 1 <= most <= MAX_BATCH or not 0 <= wait <= MAX_WAIT_SECONDS:
            raise ServiceError("com.amazonaws.sqs#InvalidParameterValue", f"{most} messages in {wait} s: not 1 to 10 in 0 to 20 s")
        found = await self._await_messages(queue, self._name(request), most, wait)
        hidden = float(request.get("VisibilityTimeout", queue.attributes["VisibilityTimeout"]))
        for message in found:
            message.visible_at = time.monotonic() + hidden
        return {"Messages": [message.as_received() for message in found]} if found else {}

    async def _await_messages(self, queue, name, most, wait):
        end = time.monotonic() + wait
        async with queue.arrived:
            while not (found := queue.visible(most)) and (left := end - time.monotonic()) > 0:
                next_visible = min((message.visible_at for message in queue.messages), default=end)
                patience = max(0.001, min(left, next_visible - time.monotonic()))
                try:
                    await asyncio.wait_for(queue.arrived.wait(), patience)
                except asyncio.TimeoutError:
                    pass
                if name not in self._queues:
                    raise _gone(name)
        return found

    async def _deletemessagebatch(self, request, origin):
        entries = request["Entries"]
        if not 1 <= len(entries) <= MAX_BATCH or len({entry["Id"] for entry in entries}) != len(entries):
            raise ServiceError("com.amazonaws.sqs#BatchEntryIdsNotDistinct", "1 to 10 entries with different ids")
        for entry in entries:
            await self._deletemessage({**request, **entry}, origin)
        return {"Successful": [{"Id": entry["Id"]} for entry in entries], "Failed": []}

    async def _deletemessage(self, request, _):
        queue, receipt = self._queue(request), request["ReceiptHandle"]
        queue.messages = [message for message in queue.messages if receipt not in message.receipts]
        return {}
