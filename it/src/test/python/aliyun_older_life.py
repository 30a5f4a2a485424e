"""The life of aliyun_life.py, lived through aliyun-python-sdk-slb: HMAC-SHA1 in parameters."""

import importlib
import json

from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.client import AcsClient
from aliyunsdkcore.request import CommonRequest

import aliyun_life


class HmacSha1Client:
    def __init__(self, connection, key_id=None, secret=None):
        self.endpoint = connection["endpoint"].removeprefix("http://")
        self.region = connection["region"]
        self.client = AcsClient(
            key_id or connection["accessKeyId"], secret or connection["accessKeySecret"], connection["region"]
        )
        self.client.set_auto_retry(False)

    def call(self, action, **parameters):
        module = importlib.import_module("aliyunsdkslb.request.v20140515.%sRequest" % action)
        request = getattr(module, action + "Request")()
        request.set_endpoint(self.endpoint)
        request.set_method("POST")
        for name, value in parameters.items():
            put(request, name, value)
        return self.done(request)

    def other(self, version, action, **parameters):
        """An action of another product, by its flat parameters."""
        request = CommonRequest(domain=self.endpoint, version=version, action_name=action)
        request.set_method("POST")
        request.add_query_param("RegionId", self.region)
        for name, value in parameters.items():
            request.add_query_param(name, value)
        return self.done(request)

    def done(self, request):
        request.set_protocol_type("http")
        request.set_accept_format("JSON")
        try:
            return json.loads(self.client.do_action_with_exception(request))
        except ServerException as refusal:
            # The SDK's own word for it, where the server's string to sign is the same as its own.
            code = refusal.get_error_code().replace("InvalidAccessKeySecret", "SignatureDoesNotMatch")
            raise aliyun_life.Refused(code, refusal.get_error_msg()) from refusal


def put(request, name, value):
    """By the SDK's own setter where it has one; lists flat, as it sends them."""
    if isinstance(value, list):
        for place, element in enumerate(value, 1):
            put(request, "%s.%d" % (name, place), element)
    elif isinstance(value, dict):
        for key, element in value.items():
            put(request, "%s.%s" % (name, key), element)
    elif hasattr(request, "set_" + name):
        getattr(request, "set_" + name)(value)
    else:
        request.add_query_param(name, value)


if __name__ == "__main__":
    aliyun_life.live(HmacSha1Client)
