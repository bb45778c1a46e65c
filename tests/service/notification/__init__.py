"""Tests of notification."""
