"""What a service's tests need: the service under test, called over HTTP, fed with events, asked what it recorded."""

from backbone.testing.service import Answer, Believing, ServiceUnderTest

__all__ = ["Answer", "Believing", "ServiceUnderTest"]
