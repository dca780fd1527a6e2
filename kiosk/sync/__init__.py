"""Speaking to the hub: enrolment, bundles and the upload of segments."""
