"""Every table there is: imported by whoever must know them all, so that none is forgotten in one place."""

import models.delivery
import models.evidence
import models.exports
import models.headings
import models.measures
import models.meetings
import models.people
import models.plan
import models.records
import models.reoffending
import models.staging
import models.town_centre  # noqa: F401 - to be known is all
