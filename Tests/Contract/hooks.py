# SPDX-License-Identifier: Apache-2.0
"""Lets each request made up come from an address of its own, as a proxy that the server trusts would tell. With what has succeeded
schemathesis tries whether it does without a token or with a wrong one, and the server looks at few wrong ones from one address."""

import itertools

import schemathesis

numbers = itertools.count(1)


@schemathesis.hook
def before_call(context, case, kwargs):
    # One that lacks a field on purpose would be taken for another one if it got this.
    if case.meta and case.meta.generation.mode.is_positive:
        number = next(numbers)
        case.headers["X-Forwarded-For"] = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
